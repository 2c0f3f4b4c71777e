using System.CommandLine;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>What <c>--host</c> and <c>--origin</c> take.</summary>
public sealed class ServedNameTests
{
    [Fact]
    public async Task Names_RepeatedOrSeparatedByCommas_AreAllTakenInTheirUsualForm()
    {
        SuiteOptions? asked = null;
        var command = HostCommand.Build(
            (options, _) =>
            {
                asked = options;
                return Task.FromResult(0);
            }
        );

        Assert.Equal(
            0,
            await command
                .Parse([
                    "--host",
                    "EW.example.org, ew.internal",
                    "--host",
                    "[2001:db8:0::1]",
                    "--origin",
                    "https://Desk.example.org/",
                    "--origin",
                    "https://a.example:443,http://b.example:3000",
                ])
                .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)
        );
        Assert.Equal(["ew.example.org", "ew.internal", "2001:db8::1"], asked!.Hosts);
        Assert.Equal(["https://desk.example.org", "https://a.example", "http://b.example:3000"], asked.Origins);
    }

    // The framework calls it an address, and cannot read it.
    [Fact]
    public void Host_AddressThatIsNone_HasAFault() => Assert.NotNull(ServedName.Host("--host", "[d/::1]").Fault);

    [Fact]
    public async Task Names_NotGiven_AreNone()
    {
        SuiteOptions? asked = null;
        await HostCommand
            .Build(
                (options, _) =>
                {
                    asked = options;
                    return Task.FromResult(0);
                }
            )
            .Parse([])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(asked!.Hosts);
        Assert.Empty(asked.Origins);
    }

    [Theory]
    [InlineData("--host", "https://ew.example.org")]
    [InlineData("--host", "ew.example.org:5050")]
    [InlineData("--host", "*.example.org")]
    [InlineData("--host", "*")]
    [InlineData("--host", "größe.example")]
    [InlineData("--origin", "desk.example.org")]
    [InlineData("--origin", "*")]
    [InlineData("--origin", "https://*.example.org")]
    [InlineData("--origin", "https://desk.example.org/page")]
    [InlineData("--origin", "https://user@desk.example.org")]
    [InlineData("--origin", "ftp://desk.example.org")]
    [InlineData("--origin", "null")]
    public void Name_OfAnotherForm_IsRefusedWithASentence(string option, string given)
    {
        var error = Assert.Single(HostCommand.Build((_, _) => Task.FromResult(0)).Parse([option, given]).Errors);

        Assert.StartsWith($"{option} takes ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{given}'", error.Message, StringComparison.Ordinal);
    }
}
