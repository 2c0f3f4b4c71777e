using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Risk.Tests;

public sealed class RiskOptionsTests
{
    [Fact]
    public void Options_BeyondTheirLimits_AreRefusedAllAtOnce()
    {
        var message = Assert.Throws<ValidationException>(() => new RiskOptions { MaxSources = 0, MaxSeries = -1 }.Checked()).Message;
        Assert.Contains("MaxSources", message, StringComparison.Ordinal);
        Assert.Contains("MaxSeries", message, StringComparison.Ordinal);
        Assert.NotNull(new RiskOptions().Checked());
    }
}
