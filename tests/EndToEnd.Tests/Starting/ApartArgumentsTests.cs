using System.CommandLine;
using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Starting;

public sealed class ApartArgumentsTests
{
    [Theory]
    [InlineData("--services risc", "--services risc names no service. There are indicators, risk,")]
    [InlineData("--services all,risk", "--services takes all alone, or names.")]
    [InlineData("--services risk", "--services with some of the services needs --cluster and --peer")]
    [InlineData("--services risk --cluster 127.0.0.1:1 --store Host=x", "--cluster and --peer belong together")]
    [InlineData("--services risk --cluster 127.0.0.1:1 --peer 127.0.0.1:2", "--cluster needs --store")]
    [InlineData("--services risk --cluster 127.0.0.1:1 --peer 127.0.0.1:1 --store Host=x", "both say 127.0.0.1:1")]
    [InlineData(
        "--services risk --cluster 0.0.0.0:1 --peer 127.0.0.1:2 --store Host=x",
        "--cluster takes the address and the port by which others reach this process"
    )]
    [InlineData("--exercise --cluster 127.0.0.1:1 --peer 127.0.0.1:2 --store Host=x", "--exercise runs in one process")]
    public void Parse_WhatWillNotDo_IsSaid(string line, string expected)
    {
        var parsed = HostCommand.Build((_, _) => Task.FromResult(0)).Parse(line);

        Assert.Contains(parsed.Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parse_SomeServices_RunInTheOrderOfTheTable()
    {
        SuiteOptions? given = null;
        var command = HostCommand.Build(
            (options, _) =>
            {
                given = options;
                return Task.FromResult(0);
            },
            new Dictionary<string, string> { ["DAPR_GRPC_PORT"] = "50001", ["DAPR_HTTP_PORT"] = "3500" }
        );

        await command
            .Parse(
                "--services board,risk --cluster 10.1.2.3:11111 --peer 10.1.2.3:5052 --store Host=x --keys k.json --directory d.yaml "
                    + "--ladder l.yaml"
            )
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["risk", "board"], given!.Services);
        Assert.Equal(("10.1.2.3:11111", "10.1.2.3:5052"), (given.Cluster!.ToString(), given.Peer!.ToString()));
        Assert.Equal((ServiceNames.Risk, 50001), (given.Dapr[0].AppId, given.Dapr[0].Grpc.Port));
        Assert.Equal(("k.json", "d.yaml", "l.yaml"), (given.Keys, given.Directory, given.Ladder));
    }
}
