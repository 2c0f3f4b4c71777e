using System.Runtime.InteropServices;
using EarlyWarning.Store.Tests.Infrastructure;

namespace EarlyWarning.Store.Tests.Embedded;

public sealed class OpenLogTests(EmbeddedFixture store)
{
    private const int DataSync = 0x1000;
    private static readonly int s_direct = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;

    [Fact]
    public async Task Start_Embedded_OpensItsLogSoThatAWriteIsOnTheDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The flags of open files are read from /proc.");
        await store.Journals().OpenAsync("flags", CancellationToken.None);

        var log = Path.Combine(store.Connection.Folder!, "AOF");
        var flags = Directory.GetFiles("/proc/self/fd")
            .Where(file => TargetOf(file)?.StartsWith(log, StringComparison.Ordinal) == true)
            .Select(file => Convert.ToInt32(File.ReadAllLines($"/proc/self/fdinfo/{Path.GetFileName(file)}").Single(line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim(), 8))
            .Where(flag => (flag & 3) != 0)
            .ToArray();

        Assert.NotEmpty(flags);
        Assert.All(flags, flag => Assert.Equal(DataSync, flag & (DataSync | s_direct)));
    }

    /// <summary>What a descriptor is open on; null where another test of the process has closed it meanwhile.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
