namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A file system of a few megabytes, part of which is taken until <see cref="Free"/> is called.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk() { }

    public string DataDirectory => Path.Combine(_folder.Path, "data");

    private string Ballast => Path.Combine(_folder.Path, "ballast");

    /// <summary>Mounts it, or skips the test where that is not allowed.</summary>
    public static SmallDisk Mount(int megabytes, int ballast)
    {
        SmallDisk disk = new();
        var (code, error) = SystemCommand.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._folder.Path);
        if (code != 0)
        {
            disk._folder.Dispose();
            Assert.Skip($"A small file system cannot be mounted here: {error}");
        }

        using var file = File.Create(disk.Ballast);
        var block = new byte[1024 * 1024];
        for (var index = 0; index < ballast; index++)
        {
            file.Write(block);
        }

        return disk;
    }

    /// <summary>Makes room.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        _ = SystemCommand.Run("umount", _folder.Path);
        _folder.Dispose();
    }
}
