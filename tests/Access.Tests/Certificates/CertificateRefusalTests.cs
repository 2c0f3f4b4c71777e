using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Access.Tests.Certificates;

/// <summary>A certificate that does not hold any longer is refused on a connection that there is, and its streams end.</summary>
public sealed class CertificateRefusalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new("Another CA");
    private readonly X509Certificate2 _shown;
    private readonly CallerCertificates _certificates;
    private CallerTrust _trust;

    public CertificateRefusalTests()
    {
        _shown = X509Certificate2.CreateFromPem(_authority.Client("CN=Amina").Certificate);
        _trust = new([_authority.Root]);
        _certificates = new(() => _trust, _ => false, _time);
    }

    public void Dispose()
    {
        _shown.Dispose();
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Look_CaReplaced_EndsWhatItSignedAndTakesItAgainWhereItIsPutBack()
    {
        var met = _certificates.Find(_shown)!;
        _trust = new([_authority.Root, _other.Root]);
        _certificates.Look();
        Assert.Same(met, _certificates.Find(_shown));

        _trust = new([_other.Root]);
        _certificates.Look();
        Assert.True(met.Ended.IsCancellationRequested);
        Assert.Null(_certificates.Find(_shown));

        _trust = new([_authority.Root]);
        _certificates.Look();
        Assert.False(_certificates.Find(_shown)!.Ended.IsCancellationRequested);
        Assert.Equal("Amina", _certificates.Find(_shown)!.Name);
    }

    [Fact]
    public void Look_CertificateThatHasExpired_IsEnded()
    {
        var met = _certificates.Find(_shown)!;

        _time.Advance(TimeSpan.FromDays(91));
        Assert.Null(_certificates.Find(_shown));
        Assert.True(met.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Server_WhoseCaIsReplaced_EndsTheWatchAndRefusesTheNextCallOfTheConnection()
    {
        var certificates = new CallerCertificates(() => _trust, _ => false, TimeProvider.System);
        await using SmallServer server = new();
        await server.StartAsync(keys: null, null, certificates, _shown);
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var watch = new RiskService.RiskServiceClient(channel).WatchCountryRisks(
            new() { Parent = "frameworks/small", ResumeToken = SmallServer.Staying },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        _trust = new([_other.Root]);

        var ended = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
        Assert.Contains("none of the suite's CA any longer", ended.Status.Detail, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
                new() { Observation = new() },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Contains("no certificate that is in force", refused.Status.Detail, StringComparison.Ordinal);
    }
}
