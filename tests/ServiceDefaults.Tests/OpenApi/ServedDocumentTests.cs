using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.OpenApi;

/// <summary>What partners build clients from is served as everything else is: of what runs here.</summary>
public sealed class ServedDocumentTests(SmallServer server) : IClassFixture<SmallServer>
{
    private static readonly Uri s_document = new("/openapi/v1.json", UriKind.Relative);

    [Fact]
    public async Task Document_OfAServer_HasTheServicesThatRunThere()
    {
        var document = JsonNode.Parse(await server.Http.GetStringAsync(s_document, TestContext.Current.CancellationToken))!;

        Assert.Equal(
            ["BreachService", "ObservationService", "RiskService", "ThresholdService", "TraceService"],
            document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!)
        );
        Assert.Null(document["security"]);
    }

    [Fact]
    public async Task Descriptors_OfAServer_AreAWholeSetWithComments()
    {
        var set = FileDescriptorSet.Parser.ParseFrom(
            await server.Http.GetByteArrayAsync(
                new Uri("/openapi/descriptors.binpb", UriKind.Relative),
                TestContext.Current.CancellationToken
            )
        );

        var before = new HashSet<string>();
        Assert.All(set.File, file =>
        {
            Assert.Empty(file.Dependency.Except(before));
            before.Add(file.Name);
        });
        Assert.Contains("google/rpc/error_details.proto", before);
        Assert.All(set.File.Where(file => file.Package == "earlywarning.v1"), file =>
            Assert.Contains(file.SourceCodeInfo.Location, location => location.LeadingComments.Length > 0)
        );
    }
}
