using System.Net;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.ServiceDefaults.Tests.Errors;

public sealed class ErrorPagesTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Fact]
    public void Pages_OfReasons_AreThereForEachOne() =>
        Assert.All(Enum.GetValues<ErrorReason>().Except([ErrorReason.Unspecified]), reason =>
            Assert.True(ErrorPages.Has(Fault.NameOf(reason)), $"{reason}")
        );

    [Fact]
    public async Task Error_OverJson_LinksToThePageOfItsReason()
    {
        var (_, error, answer) = await server.SendAsync("GET", "/v1/observations?contry=KEN");
        answer.Dispose();

        await AssertLeadsToAsync(error!, "UNKNOWN_FIELD");
    }

    [Fact]
    public async Task Error_OverGrpc_LinksToThePageOfItsReasonOnTheHttpPort()
    {
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ObservationService.ObservationServiceClient(channel).RecordObservationAsync(new())
        );

        await AssertLeadsToAsync(error.GetRpcStatus()!, "FIELD_MISSING");
    }

    [Fact]
    public async Task Page_OfAReasonThatIsNone_IsNotThere()
    {
        var (code, _, answer) = await server.SendAsync("GET", "/errors/NO_SUCH_REASON");
        answer.Dispose();

        Assert.Equal(HttpStatusCode.NotFound, code);
    }

    private async Task AssertLeadsToAsync(Google.Rpc.Status error, string reason)
    {
        Assert.Equal(reason, error.GetDetail<ErrorInfo>()!.Reason);
        var link = error.GetDetail<Help>()!.Links.Single();
        using var page = await server.Http.GetAsync(new Uri(link.Url));
        Assert.True(page.IsSuccessStatusCode, link.Url);
        Assert.Contains($"<h1>{reason}</h1>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
