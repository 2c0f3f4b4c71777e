using EarlyWarning.Access.Issuers;
using EarlyWarning.Host.Status;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>What the status says of issuers and grants.</summary>
public sealed class IssuersLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Line_WithoutAFile_IsNone() =>
        Assert.Empty((await ReadAsync(new(_folder.In("access.yaml"), TimeProvider.System))).Lines);

    [Fact]
    public async Task Line_OfGrantsToCertificatesAlone_IsWell()
    {
        _folder.Write("access.yaml", "grants: [{ match: { certificate: harvest }, roles: [{ role: partner }] }]");

        var (lines, gauges) = await ReadAsync(new(_folder.In("access.yaml"), TimeProvider.System));

        Assert.Equal((Health.Ok, "Issuers: 0; grants: 1."), (lines[0].Health, lines[0].Text));
        Assert.Equal((0, 0), (gauges["refused"], gauges["unreachable"]));
    }

    [Fact]
    public async Task Line_OfAnIssuerThatWasNeverReached_Fails()
    {
        // Nothing listens there: the port is of those that a system keeps for itself.
        _folder.Write("access.yaml", "issuers: [{ issuer: http://127.0.0.1:1, audience: x }]");
        var file = new AccessFile(_folder.In("access.yaml"), TimeProvider.System);
        file.Look();
        await Eventually.HoldsAsync(() => file.Issuers[0].Problem.Length > 0, "the issuer was called");

        var (lines, gauges) = await ReadAsync(file);

        Assert.Equal(Health.Failing, lines[0].Health);
        Assert.Contains("http://127.0.0.1:1 was never reached", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal(1, gauges["unreachable"]);
    }

    [Fact]
    public async Task Line_OfAFileThatIsGone_Fails()
    {
        var file = new AccessFile(_folder.Write("access.yaml", "issuers: []"), TimeProvider.System);
        File.Delete(_folder.In("access.yaml"));
        file.Look();

        var (lines, gauges) = await ReadAsync(file);

        Assert.Equal(Health.Failing, lines[0].Health);
        Assert.Contains("is gone", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal(1, gauges["refused"]);
    }

    private static async Task<(IReadOnlyList<StatusLine> Lines, Dictionary<string, double> Gauges)> ReadAsync(AccessFile file)
    {
        var standing = await new IssuersLine(file).ReadAsync(TestContext.Current.CancellationToken);
        return (standing.Lines, standing.Measured.ToDictionary(each => each.Gauge.Name.Split('.')[^1], each => each.Value));
    }
}
