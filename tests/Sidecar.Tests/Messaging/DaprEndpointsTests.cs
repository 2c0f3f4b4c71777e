using EarlyWarning.Messaging.Sidecars;

namespace EarlyWarning.Sidecar.Tests.Messaging;

public sealed class DaprEndpointsTests
{
    private static readonly string[] s_both = ["risk", "case-desk"];

    [Fact]
    public void FromEnvironment_NamesNone_IsNull() => Assert.Null(DaprEndpoints.FromEnvironment(s_both, Read([])));

    [Fact]
    public void FromEnvironment_DaprsOwnVariables_ServeTheOnlyAppId()
    {
        var endpoints = DaprEndpoints.FromEnvironment(
            ["risk"],
            Read(
                new()
                {
                    ["DAPR_GRPC_PORT"] = "50001",
                    ["DAPR_HTTP_PORT"] = "3500",
                    ["APP_PORT"] = "5162",
                    ["DAPR_API_TOKEN"] = "one",
                    ["APP_API_TOKEN"] = "other",
                }
            )
        );

        Assert.True(endpoints!.TryGet("risk", out var endpoint));
        Assert.Equal(new DaprEndpoint("risk", new("http://127.0.0.1:50001"), new("http://127.0.0.1:3500"), 5162, "one", "other"), endpoint);
        Assert.Equal(5162, endpoints.AppPort("risk"));
    }

    [Fact]
    public void FromEnvironment_VariablesOfEachAppId_AreTakenApart()
    {
        var endpoints = DaprEndpoints.FromEnvironment(
            s_both,
            Read(
                new()
                {
                    ["EW_DAPR_RISK_GRPC"] = "http://10.0.0.1:1",
                    ["EW_DAPR_RISK_HTTP"] = "http://10.0.0.1:2",
                    ["EW_DAPR_RISK_API_TOKEN"] = "own",
                    ["EW_DAPR_CASE_DESK_GRPC"] = "http://10.0.0.2:1",
                    ["EW_DAPR_CASE_DESK_HTTP"] = "http://10.0.0.2:2",
                    ["EW_DAPR_CASE_DESK_APP_PORT"] = "7",
                    ["DAPR_API_TOKEN"] = "shared",
                }
            )
        )!;

        Assert.True(endpoints.TryGet("risk", out var risk));
        Assert.True(endpoints.TryGet("case-desk", out var desk));
        Assert.Equal(("own", 0), (risk.DaprApiToken, risk.AppPort));
        Assert.Equal(("shared", 7, new Uri("http://10.0.0.2:1")), (desk.DaprApiToken, desk.AppPort, desk.Grpc));
        Assert.Throws<DaprEndpointException>(() => endpoints.AppPort("risk"));
    }

    [Theory]
    [InlineData("DAPR_GRPC_PORT", "50001", "EW_DAPR_RISK_GRPC")]
    [InlineData("EW_DAPR_RISK_GRPC", "http://10.0.0.1:1", "EW_DAPR_RISK_HTTP")]
    [InlineData("EW_DAPR_RISK_GRPC", "not an address", "not an address")]
    [InlineData("DAPR_GRPC_PORT", "99999", "99999")]
    public void FromEnvironment_NotEnoughOrUnusable_SaysWhatToSet(string name, string value, string named)
    {
        var refused = Assert.Throws<DaprEndpointException>(() => DaprEndpoints.FromEnvironment(s_both, Read(new() { [name] = value })));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Read(Dictionary<string, string> variables) => variables.GetValueOrDefault;
}
