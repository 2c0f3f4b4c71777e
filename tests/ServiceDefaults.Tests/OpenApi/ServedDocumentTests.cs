using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.OpenApi;

/// <summary>What partners build clients from is served as everything else is: of what runs here, and with a key where keys exist.</summary>
public sealed class ServedDocumentTests(SmallServer server) : IClassFixture<SmallServer>
{
    private static readonly Uri s_document = new("/openapi/v1.json", UriKind.Relative);

    [Fact]
    public async Task Document_OfAServer_HasTheServicesThatRunThere()
    {
        var document = JsonNode.Parse(await server.Http.GetStringAsync(s_document, TestContext.Current.CancellationToken))!;

        Assert.Equal(
            ["BreachService", "ObservationService", "RiskService", "ThresholdService", "TraceService"],
            document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!));
        Assert.Null(document["security"]);
    }

    [Fact]
    public async Task Descriptors_OfAServer_AreAWholeSetWithComments()
    {
        var set = FileDescriptorSet.Parser.ParseFrom(
            await server.Http.GetByteArrayAsync(new Uri("/openapi/descriptors.binpb", UriKind.Relative), TestContext.Current.CancellationToken));

        var before = new HashSet<string>();
        Assert.All(set.File, file =>
        {
            Assert.Empty(file.Dependency.Except(before));
            before.Add(file.Name);
        });
        Assert.Contains("google/rpc/error_details.proto", before);
        Assert.All(
            set.File.Where(file => file.Package == "earlywarning.v1"),
            file => Assert.Contains(file.SourceCodeInfo.Location, location => location.LeadingComments.Length > 0));
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/descriptors.binpb")]
    [InlineData("/openapi/")]
    public async Task Document_WhereKeysExist_AsksForOneAndSaysSo(string path)
    {
        using var folder = new TemporaryFolder();
        var file = new KeyFile(folder.In("keys.json"), TimeProvider.System);
        var (_, key) = await file.AddAsync("partner", expires: null, TestContext.Current.CancellationToken);
        await using var closed = new SmallServer();
        await closed.StartAsync(new ApiKeys(file));

        using var without = await closed.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        closed.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var with = await closed.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var document = JsonNode.Parse(await closed.Http.GetStringAsync(s_document, TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["key"]!["scheme"]!);
    }
}
