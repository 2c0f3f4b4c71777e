using EarlyWarning.Driver;
using EarlyWarning.Driver.Suites;

namespace EarlyWarning.Load.Tests.Suites;

public class EndpointTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5051", false)]
    [InlineData("http://localhost:5051", false)]
    [InlineData("http://[::1]:5051", false)]
    [InlineData("https://suite.example:5051", true)]
    public void Refusal_OfLoopbackOrOfTlsWithAKey_IsNone(string address, bool hasKey) =>
        Assert.Null(Endpoint.Refusal(new(address), hasKey));

    [Theory]
    [InlineData("http://suite.example:5051", true)]
    [InlineData("https://suite.example:5051", false)]
    [InlineData("http://10.0.0.1:5051", false)]
    [InlineData("ftp://127.0.0.1", true)]
    [InlineData("http://127.0.0.1:5051/path", false)]
    public void Refusal_OfAnotherMachineWithoutBoth_SaysWhy(string address, bool hasKey) =>
        Assert.Contains(new Uri(address).OriginalString, Endpoint.Refusal(new(address), hasKey), StringComparison.Ordinal);

    [Fact]
    public async Task Parse_WithAnotherMachineAndNoKey_RunsNothing()
    {
        var ran = false;
        var command = RunCommand.Build("", (_, _) =>
        {
            ran = true;
            return Task.FromResult(0);
        });
        var errors = new StringWriter();

        var code = await command
            .Parse(["steady", "--endpoint", "http://suite.example:5051"])
            .InvokeAsync(new() { Error = errors, Output = TextWriter.Null });

        Assert.NotEqual(0, code);
        Assert.False(ran);
        Assert.Contains("is another machine", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parse_WithAKeyOfSomeCountries_HandsThemOn()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "a-key\n");
            RunSettings? settings = null;
            var command = RunCommand.Build("", (given, _) =>
            {
                settings = given;
                return Task.FromResult(0);
            });

            await command
                .Parse(["surge", "--endpoint", "https://suite.example:5051", "--key", $"{file}=KEN,UGA", "--scale", "2", "--seconds", "7"])
                .InvokeAsync();

            Assert.Equal("a-key", Assert.Single(settings!.Keys).Secret);
            Assert.Equal(["KEN", "UGA"], settings.Keys[0].Countries);
            Assert.Equal(TimeSpan.FromSeconds(7), settings.Scenario.Duration);
            Assert.StartsWith("open, 80 calls/s", SampleModel(settings), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string SampleModel(RunSettings settings) => new Driver.Running.FlowResult(settings.Scenario.Flows[0]).Report().Model;

    [Theory]
    [InlineData("--key", "/no/such.key", "--key takes a file that holds a key")]
    [InlineData("--endpoint", "nonsense", "--endpoint takes addresses")]
    public async Task Parse_OfWhatCannotBeRead_SaysSoAndRunsNothing(string option, string value, string says)
    {
        var command = RunCommand.Build("", (_, _) => throw new InvalidOperationException("It must not run."));
        var errors = new StringWriter();

        var code = await command.Parse(["steady", option, value]).InvokeAsync(new() { Error = errors, Output = TextWriter.Null });

        Assert.NotEqual(0, code);
        Assert.Contains(says, errors.ToString(), StringComparison.Ordinal);
    }
}
