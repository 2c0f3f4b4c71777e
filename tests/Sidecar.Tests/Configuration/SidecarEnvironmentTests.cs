using EarlyWarning.Sidecar.Configuration;

namespace EarlyWarning.Sidecar.Tests.Configuration;

public sealed class SidecarEnvironmentTests
{
    private static readonly (string, bool)[] s_apps = [("risk", false), ("notification", true)];

    private readonly Dictionary<string, string> _variables = new()
    {
        ["EW_DAPR_RISK_GRPC"] = "http://127.0.0.1:50001",
        ["EW_DAPR_RISK_HTTP"] = "http://127.0.0.1:3501",
        ["EW_DAPR_RISK_API_TOKEN"] = "own",
        ["EW_DAPR_NOTIFICATION_GRPC"] = "http://localhost:50002",
        ["EW_DAPR_NOTIFICATION_HTTP"] = "http://127.0.0.1:3502",
        ["EW_DAPR_NOTIFICATION_APP_PORT"] = "5162, 5163",
        ["DAPR_API_TOKEN"] = "shared",
        ["APP_API_TOKEN"] = "back",
    };

    [Fact]
    public void Read_EveryAppNamed_ListensWhereTheAppsAreToldToLook()
    {
        var read = SidecarEnvironment.Read(s_apps, _variables.GetValueOrDefault);

        Assert.Equal(
            ("risk", 50001, 3501, "own", "back"),
            (read[0].AppId, read[0].GrpcPort, read[0].HttpPort, read[0].DaprApiToken, read[0].AppApiToken)
        );
        Assert.Empty(read[0].AppPorts);
        Assert.Equal(("notification", 50002, 3502, "shared"), (read[1].AppId, read[1].GrpcPort, read[1].HttpPort, read[1].DaprApiToken));
        Assert.Equal([5162, 5163], read[1].AppPorts);
    }

    [Theory]
    [InlineData("EW_DAPR_RISK_GRPC", "", "EW_DAPR_RISK_GRPC")]
    [InlineData("EW_DAPR_RISK_GRPC", "http://10.0.0.2:50001", "loopback")]
    [InlineData("EW_DAPR_RISK_GRPC", "https://127.0.0.1:50001", "loopback")]
    [InlineData("EW_DAPR_RISK_HTTP", "127.0.0.1:3501", "http://127.0.0.1:3501")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "", "5162,5163")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "5162,", "5162,5163")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "70000", "5162,5163")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "5162,5162", "5162 is named twice")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "3501", "3501 is named twice")]
    public void Read_MissingOrUnusable_SaysWhatToGive(string name, string value, string expected)
    {
        _variables[name] = value;

        var refused = Assert.Throws<DaprConfigurationException>(() => SidecarEnvironment.Read(s_apps, _variables.GetValueOrDefault));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
