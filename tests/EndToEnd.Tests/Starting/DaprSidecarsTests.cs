using EarlyWarning.Host.Options;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>Where a process finds the Dapr sidecars of its app ids, and where the suite's own listens in their place.</summary>
public sealed class DaprSidecarsTests
{
    private static readonly string[] s_apart = [ServiceNames.Risk, ServiceNames.Notification];

    private readonly List<string> _faults = [];

    private readonly Dictionary<string, string> _variables = new()
    {
        ["EW_DAPR_RISK_GRPC"] = "http://127.0.0.1:50001",
        ["EW_DAPR_RISK_HTTP"] = "http://127.0.0.1:3501",
        ["EW_DAPR_RISK_API_TOKEN"] = "own",
        ["EW_DAPR_NOTIFICATION_GRPC"] = "http://localhost:50002",
        ["EW_DAPR_NOTIFICATION_HTTP"] = "http://127.0.0.1:3502",
        ["EW_DAPR_NOTIFICATION_APP_PORT"] = "5162",
        ["EW_DAPR_ESCALATION_GRPC"] = "http://127.0.0.1:50003",
        ["EW_DAPR_ESCALATION_HTTP"] = "http://127.0.0.1:3503",
        ["EW_DAPR_ESCALATION_APP_PORT"] = "5170, 5171",
        ["DAPR_API_TOKEN"] = "shared",
        ["APP_API_TOKEN"] = "back",
    };

    [Fact]
    public void Find_NoneNamed_IsNoneWhereTheSuiteIsOneProcess()
    {
        _variables.Clear();
        _variables["APP_PORT"] = "somebody's";

        Assert.Empty(Find(ServiceNames.Services));
        Assert.Empty(_faults);
    }

    [Fact]
    public void Find_NoneNamedForAProcessOfSeveral_SaysWhatToSet()
    {
        _variables.Clear();

        Assert.Empty(Find(s_apart, isApart: true));
        Assert.Contains("say where with EW_DAPR_RISK_GRPC and EW_DAPR_RISK_HTTP", Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_EachAppIdNamed_IsEachWithItsOwnTokensOrDaprs()
    {
        var found = Find(s_apart, isApart: true);

        Assert.Equal(["risk", "notification"], found.Select(one => one.AppId));
        Assert.Equal((new Uri("http://127.0.0.1:50001"), "own", "back"), (found[0].Grpc, found[0].ApiToken, found[0].AppToken));
        Assert.Empty(found[0].AppPorts);
        Assert.Equal((new Uri("http://127.0.0.1:3502"), "shared"), (found[1].Http, found[1].ApiToken));
        Assert.Equal([5162], found[1].AppPorts);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Find_DaprsOwnVariables_ServeTheOnlyAppId()
    {
        _variables.Clear();
        (_variables["DAPR_GRPC_PORT"], _variables["APP_PORT"]) = ("50001", "5162");
        _variables["DAPR_HTTP_ENDPOINT"] = "http://10.0.0.1:3500";

        var found = Assert.Single(Find([ServiceNames.Notification], isApart: true));

        Assert.Equal((new Uri("http://127.0.0.1:50001"), new Uri("http://10.0.0.1:3500")), (found.Grpc, found.Http));
        Assert.Equal([5162], found.AppPorts);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Find_TheSuitesOwnSidecar_ListensWhereEachAppIsToldToLook()
    {
        var found = Find([ServiceNames.Sidecar], isApart: true);

        Assert.Equal(
            [("risk", 50001, 3501, 0), ("notification", 50002, 3502, 1), ("escalation", 50003, 3503, 2)],
            found.Select(one => (one.AppId, one.Grpc.Port, one.Http.Port, one.AppPorts.Count))
        );
        Assert.Empty(_faults);
    }

    [Fact]
    public void Find_OtherAppIdsForTheSuitesOwnSidecar_AreServedInTheirPlace()
    {
        _variables["EW_SIDECAR_APP_IDS"] = "conformance-a, other";
        (_variables["EW_DAPR_CONFORMANCE_A_GRPC"], _variables["EW_DAPR_CONFORMANCE_A_HTTP"]) = ("http://127.0.0.1:1", "http://127.0.0.1:2");
        _variables["EW_DAPR_CONFORMANCE_A_APP_PORT"] = "3";

        Assert.Equal(["conformance-a"], Find([ServiceNames.Sidecar]).Select(one => one.AppId));
        Assert.All(_faults, fault => Assert.StartsWith("EW_DAPR_OTHER_", fault, StringComparison.Ordinal));
        Assert.Equal(3, _faults.Count);
    }

    [Theory]
    [InlineData("EW_DAPR_RISK_GRPC", "", "set EW_DAPR_RISK_GRPC and EW_DAPR_RISK_HTTP")]
    [InlineData("EW_DAPR_RISK_HTTP", "", "set EW_DAPR_RISK_HTTP")]
    [InlineData("EW_DAPR_RISK_GRPC", "not an address", "EW_DAPR_RISK_GRPC: Write an address")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "", "EW_DAPR_NOTIFICATION_APP_PORT")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "5162,5163", "on which one port")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "70000", "Write ports")]
    [InlineData("DAPR_GRPC_PORT", "99999", "DAPR_GRPC_PORT takes a port")]
    public void Find_NotEnoughOrUnusable_SaysWhatToSet(string name, string value, string expected)
    {
        Set(name, value);

        Find(s_apart, isApart: true);

        Assert.Contains(expected, Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EW_DAPR_RISK_GRPC", "", "EW_DAPR_RISK_GRPC: say where on loopback")]
    [InlineData("EW_DAPR_RISK_GRPC", "http://10.0.0.2:50001", "EW_DAPR_RISK_GRPC: say where on loopback")]
    [InlineData("EW_DAPR_RISK_GRPC", "https://127.0.0.1:50001", "EW_DAPR_RISK_GRPC: say where on loopback")]
    [InlineData("EW_DAPR_RISK_HTTP", "127.0.0.1:3501", "EW_DAPR_RISK_HTTP: Write an address")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "", "such as 5162 or 5162,5163")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "5162,", "EW_DAPR_NOTIFICATION_APP_PORT: '' is no whole number here.")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "5162,5162", "5162 is named twice")]
    [InlineData("EW_DAPR_NOTIFICATION_APP_PORT", "3501", "3501 is named twice")]
    public void Find_TheSuitesOwnSidecarNotToldEnough_SaysWhatToGive(string name, string value, string expected)
    {
        Set(name, value);

        Find([ServiceNames.Sidecar], isApart: true);

        Assert.Contains(expected, Assert.Single(_faults), StringComparison.Ordinal);
    }

    private void Set(string name, string value)
    {
        if (value.Length > 0)
        {
            _variables[name] = value;
        }
        else
        {
            _variables.Remove(name);
        }
    }

    private IReadOnlyList<DaprSidecar> Find(IReadOnlyList<string> services, bool isApart = false)
    {
        var settings = Settings.Read("settings.yaml", isNamed: false, [], _variables);
        var found = new DaprSidecars(settings, _faults.Add).Find(services, isApart);
        _faults.AddRange(settings.Faults);
        return found;
    }
}
