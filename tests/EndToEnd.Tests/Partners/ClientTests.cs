using EarlyWarning.EndToEnd.Tests.Readme;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>Clients that others generate from what a running suite gives make their first call, by the words of the guide.</summary>
[Collection(PartnerSuite.Name)]
public sealed class ClientTests(PartnerSuite partners, ClientFolder folder) : IClassFixture<ClientFolder>
{
    private static readonly Document s_guide = new(Path.Combine("docs", "clients.md"));

    [Theory]
    [InlineData("typescript", "first-call.ts")]
    [InlineData("javascript", "risk.mjs")]
    public void Guide_PrintsTheSamples_AsTheyAre(string language, string file) =>
        Assert.Equal(Repository.Read("samples", "clients", file), Assert.Single(s_guide.Blocks(language)));

    [Fact]
    public async Task OpenApi_ByOutsideValidators_IsValidAndSoAreTheAnswers()
    {
        var said = await folder.RunAsync(
            "timeout 120 node check.mjs http://127.0.0.1:5050 /v1/serverInfo /v1/status /v1/frameworks /v1/frameworks/atrocity-crimes "
                + "/v1/indicators /v1/frameworks/atrocity-crimes/risks /v1/frameworks/atrocity-crimes/risks/KEN /v1/countries "
                + "/v1/thresholds /v1/recipients /v1/cases /v1/breaches /v1/notifications /v1/frameworks/nothing "
                + "'/v1/breaches?contry=KEN'",
            partners
        );

        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(15, lines.Length);
        Assert.Equal(["404 GetFramework", "400 ListBreaches?contry=KEN"], lines[^2..]);
        Assert.All(lines[..^2], line => Assert.StartsWith("200 ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FirstCall_OfAClientGeneratedFromTheDocument_IsTypedRecordedAndRead()
    {
        var commands = s_guide.Walk()[0].Commands;
        Assert.StartsWith("npm install ", commands, StringComparison.Ordinal);

        var said = await folder.RunAsync(commands[(commands.IndexOf('\n', StringComparison.Ordinal) + 1)..], partners);

        Assert.Contains("OUTCOME_RECORDED: Kenya", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Descriptors_OfARunningSuite_AreAllThatCompilersNeed()
    {
        var commands = s_guide.Walk()[1].Commands;
        Assert.All(["curl", "buf build", "protoc --descriptor_set_in"], tool => Assert.Contains(tool, commands, StringComparison.Ordinal));

        var said = await folder.RunAsync($"{commands}find generated -name '*_pb2.py' | wc -l\nnode risk.mjs", partners);

        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The contract's files, three of google/api and two of google/rpc.
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "protos", "earlywarning", "v1")).Length + 5,
            int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.StartsWith("Kenya", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_WithGooglesProtosBesideIt_CompilesByProtocAndProtoLoader()
    {
        await Shell.RunAsync("bash protos/google.sh", Repository.Root);

        var said = await folder.RunAsync(
            $$"""
            cd {{Repository.Root}}
            mkdir -p {{Path.Combine("artifacts", "clients")}}
            protoc -I protos -I obj/googleapis -I {{ClientFolder.OwnIncludes}} --python_out=artifacts/clients \
              $(cd protos && ls earlywarning/v1/*.proto)
            cd - > /dev/null
            node --input-type=module -e '
              import loader from "@grpc/proto-loader";
              const root = process.argv[1];
              const set = loader.loadSync("earlywarning/v1/observation_service.proto", {
                includeDirs: [root + "/protos", root + "/obj/googleapis"],
              });
              console.log(Object.keys(set["earlywarning.v1.ObservationService"]).length);' '{{Repository.Root}}'
            """,
            partners
        );

        Assert.Equal(V1.ObservationService.Descriptor.Methods.Count, int.Parse(said, System.Globalization.CultureInfo.InvariantCulture));
    }
}
