package io.rdsagent.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/**
 * The AWS configuration files as they are now. The SDK's own supplier knows only the files that were there when it was
 * made, and only a modification later than its last reading: one that is moved into place, as mounted secrets are, is
 * often older than that.
 */
final class ProfileFiles implements Supplier<ProfileFile> {

    private List<String> state;
    private ProfileFile content;

    /** The same object for as long as neither file changes. */
    @Override
    public synchronized ProfileFile get() {
        Path credentials = ProfileFileLocation.credentialsFilePath();
        Path configuration = ProfileFileLocation.configurationFilePath();
        // Taken before the reading: what changes meanwhile is read next time.
        List<String> now = Arrays.asList(state(credentials), state(configuration));
        if (!now.equals(state)) {
            content = read(credentials, configuration);
            state = now;
        }
        return content;
    }

    /** Empty where there is no file. */
    private static String state(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size()
                    : "";
        } catch (IOException absent) {
            return "";
        }
    }

    private static ProfileFile read(Path credentials, Path configuration) {
        ProfileFile.Aggregator files = ProfileFile.aggregator();
        add(files, credentials, ProfileFile.Type.CREDENTIALS);
        add(files, configuration, ProfileFile.Type.CONFIGURATION);
        return files.build();
    }

    private static void add(ProfileFile.Aggregator files, Path path, ProfileFile.Type type) {
        if (Files.isRegularFile(path)) {
            files.addFile(ProfileFile.builder().content(path).type(type).build());
        }
    }
}
