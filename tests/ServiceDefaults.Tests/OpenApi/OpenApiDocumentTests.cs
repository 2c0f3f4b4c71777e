using System.Text.Json.Nodes;
using EarlyWarning.ServiceDefaults.Contract;
using EarlyWarning.ServiceDefaults.OpenApi;
using Google.Api;
using Google.Protobuf.Reflection;
using OpenApiDocument = EarlyWarning.ServiceDefaults.OpenApi.OpenApiDocument;

namespace EarlyWarning.ServiceDefaults.Tests.OpenApi;

/// <summary>The OpenAPI document says what the contract says, whole, in a form that others read.</summary>
public sealed class OpenApiDocumentTests
{
    private static readonly JsonObject s_document = OpenApiDocument.Of(DescriptorSet.Services, []);

    private static IEnumerable<(string Path, string Verb, JsonObject Json)> Operations =>
        s_document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(verb => (path.Key, verb.Key, verb.Value!.AsObject())));

    [Fact]
    public async Task Document_ReadByAnother_HasNoFault()
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(s_document.ToJsonString()));
        var read = await Microsoft.OpenApi.OpenApiDocument.LoadAsync(
            stream,
            "json",
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(Operations.Count(), read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Paths_OfEveryRpc_AreThereOnceAndNoOther()
    {
        // Of the generated types and not of the descriptors that the document is made of.
        var rules = typeof(V1.ServerService)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .SelectMany(method =>
                method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule
                    ? rule.AdditionalBindings.Prepend(rule).Select(binding => (method.Name, binding.PatternCase))
                    : []
            )
            .ToList();

        Assert.NotEmpty(rules);
        Assert.Equal(
            rules.Select(rule => $"{rule.PatternCase.ToString().ToLowerInvariant()} {rule.Name}").Order(StringComparer.Ordinal),
            Operations
                .Select(operation => $"{operation.Verb} {((string)operation.Json["operationId"]!).TrimEnd('2')}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Distinct(Operations.Select(operation => (string)operation.Json["operationId"]!));
        // Templates that differ in the names of their parameters alone are one path.
        Assert.Distinct(
            s_document["paths"]!.AsObject().Select(path => System.Text.RegularExpressions.Regex.Replace(path.Key, @"\{\w+\}", "{}"))
        );
    }

    [Theory]
    [InlineData("/v1/{name=frameworks/*/risks/*}:explain", "/v1/frameworks/{framework}/risks/{risk}:explain")]
    [InlineData("/v1/{name=breaches/*}", "/v1/breaches/{breach}")]
    [InlineData("/v1/{threshold.name=thresholds/*}", "/v1/thresholds/{threshold}")]
    [InlineData("/v1/{parent=frameworks/*}/versions", "/v1/frameworks/{framework}/versions")]
    [InlineData("/v1/trace/{id=**}", "/v1/trace/{id}")]
    [InlineData("/v1/things/{id}:turn", "/v1/things/{id}:turn")]
    [InlineData("/v1/status", "/v1/status")]
    public void Template_OfAPattern_NamesEachResource(string pattern, string template) =>
        Assert.Equal(template, PathTemplate.Of(pattern).Text);

    [Fact]
    public void Parameters_OfAQuery_AreThoseThatItsReaderTakes()
    {
        var risk = Operation("GetCountryRisk");
        Assert.Equal(
            ["path framework string!", "path risk string!", "query at string", "query asOf string", "query minimumRevision string"],
            Parameters(risk)
        );
        Assert.Contains("query country string!", Parameters(Operation("ListObservations")));
        Assert.Contains("query countries array", Parameters(Operation("WatchCountryRisks")));
        // A list of messages has no form in a query string.
        Assert.DoesNotContain(Parameters(Operation("RankCountries")), parameter =>
            parameter.Contains("minimumRevisions", StringComparison.Ordinal)
        );
        Assert.False(risk.ContainsKey("requestBody"));
    }

    [Fact]
    public void Body_OfARequest_LacksWhatThePathGives()
    {
        var acknowledge = Operation("AcknowledgeCase");
        Assert.True((bool)acknowledge["requestBody"]!["required"]!);
        var schema = Schema("AcknowledgeCaseRequest");

        Assert.Equal(
            "#/components/schemas/AcknowledgeCaseRequest",
            (string)acknowledge["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!
        );
        Assert.False(schema["properties"]!.AsObject().ContainsKey("name"));
        Assert.DoesNotContain("name", schema["required"]?.AsArray().Select(name => (string)name!) ?? []);
        Assert.NotEmpty(schema["properties"]!.AsObject());
    }

    [Fact]
    public void Schemas_OfFields_FollowProtobufsJsonForm()
    {
        var observation = Schema("Observation");
        var properties = observation["properties"]!;

        Assert.Equal("""{"type":"number","format":"double"}""", Bare(properties["value"]!));
        Assert.Equal("""{"type":"string","format":"int64","pattern":"^-?[0-9]+$"}""", Bare(properties["revision"]!));
        Assert.Equal("""{"type":"string","format":"date-time"}""", Bare(properties["observedAt"]!));
        Assert.Equal("string", (string)properties["horizon"]!["type"]!);
        Assert.Contains("s$", (string)properties["horizon"]!["pattern"]!, StringComparison.Ordinal);
        Assert.Equal(
            ["country", "indicator", "value", "observedAt", "source"],
            observation["required"]!.AsArray().Select(name => (string)name!)
        );
        Assert.All(properties.AsObject(), property => Assert.NotEmpty((string)property.Value!["description"]!));
        Assert.Equal("""{"type":"integer","format":"int32"}""", Bare(Schema("Limits")["properties"]!["maxBatchItems"]!));
        Assert.True((bool)Schema("YearSpan")["properties"]!["firstYear"]!["readOnly"]!);
        // A message that holds itself.
        Assert.Equal("#/components/schemas/Node", (string)Schema("Node")["properties"]!["children"]!["items"]!["$ref"]!);
    }

    [Fact]
    public void Schema_OfAnEnum_HasNamesWithTheirMeaning()
    {
        var outcome = Schema("Outcome");

        Assert.Equal(
            V1.ObservationReflection.Descriptor.EnumTypes.Concat(V1.ObservationServiceReflection.Descriptor.EnumTypes)
                .Single(type => type.Name == "Outcome")
                .Values.Select(value => value.Name),
            outcome["enum"]!.AsArray().Select(value => (string)value!)
        );
        Assert.Contains("- `OUTCOME_RECORDED`: ", (string)outcome["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_OfFieldsThatExcludeEachOther_SaysSo()
    {
        var pairs = Schema("Observation")["not"]!["anyOf"]!.AsArray().Select(pair => pair!.ToJsonString());

        Assert.Equal(["""{"required":["standardError","confidence"]}"""], pairs);
        Assert.EndsWith(
            "Excludes `confidence`.",
            (string)Schema("Observation")["properties"]!["standardError"]!["description"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Answers_OfEveryOperation_AreItsMessageOrTheError()
    {
        Assert.All(Operations, operation =>
        {
            Assert.StartsWith(
                "#/components/schemas/",
                (string)operation.Json["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!,
                StringComparison.Ordinal
            );
            Assert.Equal("#/components/responses/Error", (string)operation.Json["responses"]!["default"]!["$ref"]!);
            Assert.NotEmpty((string)operation.Json["summary"]!);
            Assert.NotEmpty((string)operation.Json["description"]!);
        });
        Assert.Contains(
            "One JSON object a line",
            (string)Operation("WatchCases")["responses"]!["200"]!["description"]!,
            StringComparison.Ordinal
        );
        Assert.Contains("UNKNOWN_INDICATOR", Schema("google.rpc.ErrorInfo").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Security_OfSeveralSchemes_NeedsAllOfThem()
    {
        var closed = OpenApiDocument.Of(
            DescriptorSet.Services,
            [new("key", "http", "A key.", "bearer"), new("certificate", "mutualTLS", "A certificate.")]
        );

        Assert.Equal(
            """{"key":{"type":"http","scheme":"bearer","description":"A key."},"certificate":{"type":"mutualTLS","description":"A """
                + """certificate."}}""",
            closed["components"]!["securitySchemes"]!.ToJsonString()
        );
        Assert.Equal("""[{"key":[],"certificate":[]}]""", closed["security"]!.ToJsonString());
        Assert.Null(s_document["security"]);
        Assert.Null(s_document["components"]!["securitySchemes"]);
    }

    private static JsonObject Operation(string id) => Operations.Single(operation => (string)operation.Json["operationId"]! == id).Json;

    private static JsonObject Schema(string name) => s_document["components"]!["schemas"]![name]!.AsObject();

    private static IEnumerable<string> Parameters(JsonObject operation) =>
        operation["parameters"]!
            .AsArray()
            .Select(parameter =>
                $"{parameter!["in"]} {parameter["name"]} {parameter["schema"]!["type"]}{(parameter["required"] is null ? "" : "!")}"
            );

    private static string Bare(JsonNode schema)
    {
        var bare = schema.DeepClone().AsObject();
        bare.Remove("description");
        bare.Remove("readOnly");
        return bare.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
