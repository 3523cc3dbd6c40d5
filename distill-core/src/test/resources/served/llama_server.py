"""Serves a GGUF file by llama.cpp's own server on a free loopback port, until standard input ends.

Caches in float32 and no flash attention: with the defaults, log-probabilities are off by up to 0.05.
"""

import os
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_parallel = 1
params.n_ctx = 512
params.cache_type_k = xllamacpp.ggml_type.GGML_TYPE_F32
params.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1
params.fit_params = False
params.offline = True
server = xllamacpp.Server(params)
print("serving " + server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)  # the server's threads would keep the process
