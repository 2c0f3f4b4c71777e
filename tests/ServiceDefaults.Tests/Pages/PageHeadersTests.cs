using System.Net.Http.Headers;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;

namespace EarlyWarning.ServiceDefaults.Tests.Pages;

/// <summary>Whatever a browser is given says how it is to be treated.</summary>
public sealed class PageHeadersTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Theory]
    [InlineData("/errors", "default-src 'none'")]
    [InlineData("/errors/UNAUTHENTICATED", "default-src 'none'")]
    [InlineData("/healthz", "default-src 'none'")]
    [InlineData("/metrics", "default-src 'none'")]
    [InlineData("/v1/observations?country=KEN", "default-src 'none'")]
    [InlineData("/v1/observations?contry=KEN", "default-src 'none'")]
    [InlineData("/nowhere", "default-src 'none'")]
    [InlineData("/openapi/v1.json", "default-src 'none'")]
    [InlineData("/openapi/", "default-src 'self'")]
    public async Task Answer_OfAnyKind_IsFramedNowhereAndLoadsWhatItMay(string path, string loads)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith(loads, policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Answer_InGrpc_IsNoPage()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri("/earlywarning.v1.RiskService/GetCountryRisk", UriKind.Relative)
        )
        {
            Content = new ByteArrayContent([0, 0, 0, 0, 0])
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse("application/grpc-web+proto") },
            },
        };
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
    }
}
