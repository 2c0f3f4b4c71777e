namespace EarlyWarning.Store.Tests;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether()
    {
        StoreOptions options = new() { MemoryMegabytes = 1, CheckpointMegabytes = 1, OperationTimeout = TimeSpan.Zero, UnclearTimeout = TimeSpan.MaxValue, SnapshotsKept = 0 };

        Assert.Equal(6, options.Validate().Count);
    }

    [Theory]
    [InlineData("data", null, true)]
    [InlineData(null, "localhost", true)]
    [InlineData("data", "localhost", false)]
    [InlineData(null, null, false)]
    public void Validate_FolderOrConnectionString_MustBeOneOfThem(string? folder, string? connection, bool valid) =>
        Assert.Equal(valid, new StoreOptions { DataDirectory = folder, ConnectionString = connection }.Validate().Count == 0);
}
