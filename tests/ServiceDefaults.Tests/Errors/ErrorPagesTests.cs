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

    [Theory]
    [InlineData("/no/such/page", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("/no/such/page", "*/*", "application/json")]
    [InlineData("/v1/no-such-thing", "text/html", "application/json")]
    public async Task Error_OfAPageThatABrowserOpens_IsAPageThatLeadsOn(string path, string accept, string type)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        using var answer = await server.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        if (type == "text/html")
        {
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Contains("/no/such/page", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/errors/UNKNOWN_PATH\">", page, StringComparison.Ordinal);
            Assert.Contains("<a href=\"/\">", page, StringComparison.Ordinal);
        }
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
