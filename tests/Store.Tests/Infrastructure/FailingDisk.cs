namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A file system that its kernel makes read-only while files on it are open, as it does after an error of the disk.</summary>
internal sealed class FailingDisk : IDisposable
{
    private const string Size = "64M";
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    private FailingDisk() { }

    public string Path => _folder.In("disk");

    /// <summary>Mounts it, or skips the test where that is not allowed.</summary>
    public static FailingDisk Mount()
    {
        FailingDisk disk = new();
        try
        {
            Directory.CreateDirectory(disk.Path);
            SystemCommand.Need("truncate", "-s", Size, disk.Image);
            SystemCommand.Need("mkfs.ext4", "-q", disk.Image);
            SystemCommand.Need("mount", "-o", "loop,errors=remount-ro", disk.Image, disk.Path);
            disk._mounted = true;
            return disk;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>Tells the kernel that it has met an error there.</summary>
    public void Fail()
    {
        var device = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).First(line => line[1] == Path)[0];
        File.WriteAllText($"/sys/fs/ext4/{System.IO.Path.GetFileName(device)}/trigger_fs_error", "1");
    }

    public void Dispose()
    {
        if (_mounted)
        {
            _ = SystemCommand.Run("umount", Path);
        }

        _folder.Dispose();
    }

    private string Image => _folder.In("image");
}
