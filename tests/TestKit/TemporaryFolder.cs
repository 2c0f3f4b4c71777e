namespace EarlyWarning.TestKit;

/// <summary>A folder that is gone when the test is over, unless it is kept.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private bool _kept;

    public string Path { get; } = Directory.CreateTempSubdirectory("early-warning-").FullName;

    /// <summary>The path of a file or a folder in it.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// Writes a file, with the folders on the way to it, and gives its path. Nobody who looks meanwhile sees a part of it.
    /// </summary>
    public string Write(string name, string text)
    {
        var path = In(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(part, text);
        File.Move(part, path, overwrite: true);
        return path;
    }

    /// <summary>Writes a file, and gives the folder to write the next.</summary>
    public TemporaryFolder With(string name, string text)
    {
        Write(name, text);
        return this;
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
