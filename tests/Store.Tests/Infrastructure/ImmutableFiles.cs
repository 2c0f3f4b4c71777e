namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>Files that nobody may write, root included, until this is disposed.</summary>
internal sealed class ImmutableFiles : IDisposable
{
    private readonly string[] _files;

    private ImmutableFiles(string[] files) => _files = files;

    /// <summary>Makes them so, or skips the test where that is not allowed.</summary>
    public static ImmutableFiles Make(params string[] files)
    {
        SystemCommand.Need("chattr", ["+i", .. files]);
        return new(files);
    }

    public void Dispose() => SystemCommand.Run("chattr", ["-i", .. _files]);
}
