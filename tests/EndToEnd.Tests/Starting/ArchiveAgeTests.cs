using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Starting;

public sealed class ArchiveAgeTests
{
    [Theory]
    [InlineData("400", 400.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("never", null)]
    [InlineData(null, 400.0)]
    public async Task Build_ArchiveAfter_IsWhatWasAskedFor(string? given, double? days)
    {
        SuiteOptions? taken = null;
        string[] arguments = given is null ? [] : ["--archive-after", given];
        var command = HostCommand.Build(
            (options, _) =>
            {
                taken = options;
                return Task.FromResult(0);
            }
        );

        Assert.Equal(0, await command.Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(days is { } some ? TimeSpan.FromDays(some) : null, taken!.ArchiveAfter);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("36501")]
    [InlineData("soon")]
    [InlineData("NaN")]
    public void Build_ArchiveAfterThatIsNoAge_IsRefusedInWords(string given)
    {
        var error = Assert.Single(HostCommand.Build((_, _) => Task.FromResult(0)).Parse(["--archive-after", given]).Errors);

        Assert.Equal($"--archive-after takes days, more than 0 and at most 36500, such as 400, or never; not '{given}'.", error.Message);
    }
}
