using System.CommandLine;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Access;

/// <summary>The commands by which keys are administered, without a suite.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_Name_PrintsTheKeyAloneAndTellsTheRestBeside()
    {
        var (code, output, error) = await RunAsync("add", "desk", "--role", "operator");

        Assert.Equal(0, code);
        Assert.Matches(@"^ew_[0-9a-f]{48}\n\z", output);
        Assert.Contains("of 'desk', shown this once", error, StringComparison.Ordinal);
        Assert.Contains("every caller needs one", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Keys_ShowsIdsAndTimesAndNeitherKeysNorHashes()
    {
        var (_, key, _) = await RunAsync("add", "desk", "--role", "operator");
        await RunAsync("add", "partner", "--role", "partner", "--countries", "KEN,UGA", "--expires", "90d");
        var until = DateTimeOffset.UtcNow.AddDays(90);
        var file = await File.ReadAllTextAsync(_folder.In("keys.json"), TestContext.Current.CancellationToken);
        _folder.Write(
            "keys.json",
            file.Replace("\"name\": \"desk\",", "\"name\": \"desk\", \"expires\": \"2026-01-02T03:04:00Z\",", StringComparison.Ordinal)
        );

        var (code, output, _) = await RunAsync("list");

        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^NAME +KEY +MADE +EXPIRES +LAST USED +ROLES$", lines[0]);
        Assert.Matches("^desk +[0-9a-f]{8} +20.{14}Z +EXPIRED 2026-01-02 03:04Z +not known +operator$", lines[1]);
        Assert.Matches($"^partner +[0-9a-f]{{8}} +20.{{14}}Z +{until:yyyy-MM-dd} .* +not known +partner of KEN, UGA$", lines[2]);
        Assert.DoesNotContain(key.Trim()[3..], output, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9a-f]{64}", output);
    }

    [Fact]
    public async Task List_UsesThatASuiteKept_AreShown_AndNeverOnlyWhereItIsKnown()
    {
        await RunAsync("add", "old", "--role", "reviewer");
        await RunAsync("add", "used", "--role", "reviewer");
        var made = (await RunAsync("list")).Output;
        var ids = made.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .ToList();
        _folder.Write("keys.used.json", $$"""{"since": "2099-01-01T00:00:00Z", "used": {"{{ids[1]}}": "2099-02-03T04:05:00Z"} }""");
        var later = (await RunAsync("list")).Output;
        _folder.Write("keys.used.json", """{"since": "2020-01-01T00:00:00Z", "used": {} }""");
        var never = (await RunAsync("list")).Output;

        Assert.Matches("old .*not since 2099-01-01 00:00Z +reviewer\n", later);
        Assert.Matches("used .*2099-02-03 04:05Z +reviewer\n", later);
        Assert.Matches("old .*never +reviewer\n", never);
    }

    [Fact]
    public async Task Remove_LastKey_SaysThatNobodyIsLetInNow()
    {
        await RunAsync("add", "desk", "--role", "operator");

        var (code, output, error) = await RunAsync("remove", "desk");

        Assert.Equal(0, code);
        Assert.Matches("^Removed [0-9a-f]{8} of 'desk'", output);
        Assert.Contains("every caller is refused", error, StringComparison.Ordinal);
        Assert.Equal("[]", await File.ReadAllTextAsync(_folder.In("keys.json"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("no key of 'desk'", "remove", "desk")]
    [InlineData("no key ffff of 'desk'", "remove", "desk", "--key", "ffff")]
    [InlineData("needs a name", "add", "", "--role", "reviewer")]
    [InlineData("'suite'", "add", "suite", "--role", "reviewer")]
    [InlineData("with --role", "add", "desk")]
    [InlineData("alpha-3", "add", "desk", "--role", "reviewer", "--countries", "Kenya")]
    [InlineData("no key of 'desk'", "grant", "desk", "--role", "reviewer")]
    [InlineData("no key of 'desk'", "revoke", "desk", "--role", "reviewer")]
    public async Task Keys_WhatCannotBeDone_IsOneSentenceAndFails(string sentence, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not a role", "--role", "king")]
    [InlineData("is not a role", "--role", "Operator")]
    [InlineData("names no country", "--role", "reviewer", "--countries", ",")]
    [InlineData("names no country", "--role", "reviewer", "--countries", "")]
    [InlineData("names none", "--role", "reviewer", "--organisation", " ")]
    [InlineData("Say which role", "--countries", "KEN")]
    public async Task Add_BoundThatIsNone_NeverMeansTheWorld(string fault, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(["add", "desk", .. arguments]);

        Assert.NotEqual(0, code);
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Grant_Revoke_SayWhatTheNameMayNow()
    {
        await RunAsync("add", "desk", "--role", "reviewer", "--role", "partner");

        var granted = await RunAsync("grant", "desk", "--role", "operator", "--countries", "KEN", "--recipients", "watch-desk");
        var revoked = await RunAsync("revoke", "desk", "--role", "partner");

        Assert.StartsWith(
            "'desk' is reviewer; partner; operator of KEN, as recipients/watch-desk.",
            granted.Output,
            StringComparison.Ordinal
        );
        Assert.StartsWith("'desk' is reviewer; operator of KEN, as recipients/watch-desk.", revoked.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("99999999999d")]
    [InlineData("4000d")]
    [InlineData("soon")]
    [InlineData("2020-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2027-02-30")]
    public async Task Add_ExpiryThatIsNone_IsRefusedInWordsAndAddsNothing(string given)
    {
        var (code, _, error) = await RunAsync("add", "desk", "--role", "reviewer", "--expires", given);

        Assert.NotEqual(0, code);
        Assert.Contains("--expires takes", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Add_ExpiryOfADate_IsGoodToTheEndOfIt()
    {
        var date = DateTime.UtcNow.Date.AddDays(30);
        await RunAsync("add", "desk", "--role", "reviewer", "--expires", $"{date:yyyy-MM-dd}");

        Assert.Contains($" {date.AddDays(1):yyyy-MM-dd} 00:00Z", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(),
            error = new();
        var code = await HostCommand
            .Build((_, _) => Task.FromResult(0))
            .Parse(["keys", .. arguments, "--data", _folder.Path])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
