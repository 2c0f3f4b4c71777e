using System.Security.Cryptography.X509Certificates;
using EarlyWarning.Access.Certificates;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Access.Tests.Certificates;

/// <summary>What whoever is known by a certificate alone may, where a file says it.</summary>
public sealed class CertificateGrantTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Certificate_WithAGrant_HasItsRolesAlone_AndItsWatchEndsWhenTheyChange()
    {
        Write("harvest-desk", "reviewer");
        await using SmallServer server = new();
        using var shown = await StartAsync(server, "CN=harvest-desk");
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        using var watch = new RiskService.RiskServiceClient(channel).WatchCountryRisks(
            new() { Parent = "frameworks/small", ResumeToken = SmallServer.Staying },
            cancellationToken: Cancel
        );
        Assert.True(await watch.ResponseStream.MoveNext(Cancel));
        var refused = await Assert.ThrowsAsync<RpcException>(() => RecordAsync(channel));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);

        Write("harvest-desk", "partner");

        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancel))).StatusCode
        );
        await RecordAsync(channel);
    }

    [Fact]
    public async Task Certificate_WithoutAGrant_HasNoRole()
    {
        Write("somebody-else", "partner");
        await using SmallServer server = new();
        using var shown = await StartAsync(server, "CN=harvest-desk");
        using var channel = GrpcChannel.ForAddress(server.Grpc);

        var refused = await Assert.ThrowsAsync<RpcException>(() => RecordAsync(channel));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Contains("the caller has no role", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_NamedLikeOneForWhomAnIssuerVouches_IsToldApart()
    {
        Write("amina@login.example", "partner");
        await using SmallServer server = new();
        using var shown = await StartAsync(server, "CN=amina@login.example");

        Assert.Equal("amina@login.example@certificate", await server.Http.GetStringAsync(new Uri("/who", UriKind.Relative), Cancel));
    }

    private static async Task RecordAsync(GrpcChannel channel) =>
        await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(
            new() { Observation = new() },
            cancellationToken: Cancel
        );

    private void Write(string certificate, string role) =>
        _folder.Write("access.yaml", $$"""grants: [{ match: { certificate: "{{certificate}}" }, roles: [{ role: {{role}} }] }]""");

    private async Task<X509Certificate2> StartAsync(SmallServer server, string subject)
    {
        var shown = X509Certificate2.CreateFromPem(_authority.Client(subject).Certificate);
        var certificates = new CallerCertificates(() => new([_authority.Root]), _ => false, TimeProvider.System);
        await server.StartAsync(
            keys: null,
            certificates: certificates,
            shown: shown,
            rules: new(_folder.In("access.yaml"), TimeProvider.System)
        );
        return shown;
    }
}
