using EarlyWarning.Store.Configuration;

namespace EarlyWarning.Store.Tests.Configuration;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Validate_SeveralErrors_NamesThemTogether()
    {
        StoreOptions options = new()
        {
            OperationTimeout = TimeSpan.Zero,
            UnclearTimeout = TimeSpan.MaxValue,
            StartPatience = TimeSpan.MaxValue,
        };

        Assert.Equal(4, options.Validate().Count);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0.0, false)]
    [InlineData(-1.0, false)]
    [InlineData(0.001, true)]
    [InlineData(36_500.0, true)]
    [InlineData(36_501.0, false)]
    public void Validate_ArchiveAfter_TakesDaysOrNever(double? days, bool valid)
    {
        StoreOptions options = new() { DataDirectory = "data", ArchiveAfter = days is { } some ? TimeSpan.FromDays(some) : null };

        const string Refusal = "The age after which entries move into the archive must be more than 0 and at most 36,500 days, or never.";
        Assert.Equal(valid ? [] : [Refusal], options.Validate());
    }
}
