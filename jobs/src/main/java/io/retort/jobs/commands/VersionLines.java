package io.retort.jobs.commands;

import io.retort.jobs.provenance.CodeVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
        CodeVersion code = CodeVersion.current();
        return new String[] {CommandLines.NAME + " " + code.version() + " (" + code.commit() + ")"};
    }
}
