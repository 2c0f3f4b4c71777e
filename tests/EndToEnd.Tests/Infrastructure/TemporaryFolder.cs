namespace EarlyWarning.EndToEnd.Tests.Infrastructure;

/// <summary>A folder that is gone when the test is over, unless it is kept.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private bool _kept;

    public string Path { get; } = Directory.CreateTempSubdirectory("early-warning-").FullName;

    public string File(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Leaves it for whoever looks into a failure, and gives its path.</summary>
    public string Keep()
    {
        _kept = true;
        return Path;
    }

    public void Dispose()
    {
        if (!_kept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
