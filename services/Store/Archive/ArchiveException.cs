namespace EarlyWarning.Store.Archive;

/// <summary>
/// What was asked for needs a file of the archive that is missing, damaged, or not of this store. Neither the present nor intake needs it.
/// The message is for an operator: which file, what is wrong with it, and what to do.
/// </summary>
public sealed class ArchiveException(string file, string what, Exception? inner = null)
    : Exception($"The archive file {file} {what}. Put it back, or copy a backup that was made since into its place.", inner);
