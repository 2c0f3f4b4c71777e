using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Keys;
using EarlyWarning.Host.Status;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Status;

/// <summary>What the status says of the keys with which the suite was started.</summary>
public sealed class KeysLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly KeyFile _file;

    public KeysLineTests() => _file = new(_folder.In("keys.json"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Line_OfAnOpenSuite_SaysThatEverybodyIsLetIn()
    {
        var (line, gauges) = await ReadAsync();

        Assert.Equal(Health.Ok, line.Health);
        Assert.Contains("Everybody on this machine is let in", line.Text, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0, 0), (gauges["open"], gauges["valid"], gauges["refused"], gauges["expiring"]));
    }

    [Fact]
    public async Task Line_WhereTheLastKeyOfANameIsAboutToExpire_WantsAttentionAndNamesIt()
    {
        await AddAsync("renewed", days: 2);
        await AddAsync("renewed", days: 90);
        await AddAsync("later", days: 8);
        Assert.Equal(Health.Ok, (await ReadAsync()).Line.Health);
        await AddAsync("soon", days: 6);

        var (line, gauges) = await ReadAsync();

        Assert.Equal(Health.Attention, line.Health);
        Assert.Contains("first 'soon', in 6 days", line.Text, StringComparison.Ordinal);
        Assert.Equal((0, 4, 0, 1), (gauges["open"], gauges["valid"], gauges["refused"], gauges["expiring"]));
    }

    [Fact]
    public async Task Line_WhereNobodyHasAKey_Fails()
    {
        _folder.Write("keys.json", "[]");

        var (line, gauges) = await ReadAsync();

        Assert.Equal(Health.Failing, line.Health);
        Assert.Contains("NOBODY CAN CALL", line.Text, StringComparison.Ordinal);
        Assert.Equal(1, gauges["refused"]);
    }

    [Fact]
    public async Task Line_OfASuiteWithoutKeysThatAsksForCertificates_DoesNotSayThatItIsOpen()
    {
        var (line, gauges) = await ReadAsync(new CallerCertificates(() => new([]), _ => false, TimeProvider.System));

        Assert.Equal((Health.Ok, "There is no key: callers are known by their certificates."), (line.Health, line.Text));
        Assert.Equal((0, 0, 0), (gauges["open"], gauges["valid"], gauges["refused"]));
    }

    private async Task AddAsync(string name, int days) =>
        await _file.AddAsync(
            name,
            [new(AccessRole.Reviewer, [], "", [])],
            DateTimeOffset.UtcNow.AddDays(days),
            TestContext.Current.CancellationToken
        );

    private async Task<(StatusLine Line, Dictionary<string, double> Gauges)> ReadAsync(CallerCertificates? certificates = null)
    {
        var keys = new ApiKeys(_file);
        var anonymous = new AnonymousAccess(keys, new(null, TimeProvider.System), certificates);
        var standing = await new KeysLine(keys, anonymous, TimeProvider.System, certificates).ReadAsync(
            TestContext.Current.CancellationToken
        );
        return (Assert.Single(standing.Lines), standing.Measured.ToDictionary(each => each.Gauge.Name.Split('.')[^1], each => each.Value));
    }
}
