namespace EarlyWarning.Store.Tests.Infrastructure;

/// <summary>A new folder that goes away with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ew-store-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
