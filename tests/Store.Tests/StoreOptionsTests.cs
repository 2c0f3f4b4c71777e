namespace EarlyWarning.Store.Tests;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether()
    {
        StoreOptions options = new() { OperationTimeout = TimeSpan.Zero, UnclearTimeout = TimeSpan.MaxValue };

        Assert.Equal(3, options.Validate().Count);
    }
}
