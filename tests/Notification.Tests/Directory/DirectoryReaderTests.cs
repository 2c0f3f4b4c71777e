using EarlyWarning.Notification.Directory;
using EarlyWarning.Yaml;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Directory;

public sealed class DirectoryReaderTests
{
    [Fact]
    public void Read_Example_IsValidInAnExerciseAndNamesEveryRole()
    {
        using var stream = typeof(DirectoryFile).Assembly.GetManifestResourceStream("directory.example.yaml")!;
        using var reader = new StreamReader(stream);

        var entries = DirectoryReader.Read(reader.ReadToEnd(), "directory.example.yaml", exercise: true, _ => null).Entries;

        Assert.Equal(Enum.GetValues<V1.Role>().Length - 1, entries.Select(e => e.Recipient.Role).Distinct().Count());
        Assert.Equal("TLP:AMBER+STRICT", entries.Single(e => e.Recipient.Name == "recipients/interior-xab").Tlp);
        Assert.Equal(["XAA", "XAB", "XAC"], entries.Single(e => e.Recipient.Organisation == "UNX").Recipient.Countries);
    }

    [Theory]
    [InlineData("- {id: Bad_Id, name: n, role: operator, channels: [inbox]}", "2: recipients[0].id: An id has 1 to 60")]
    [InlineData(
        "- {id: a, name: n, role: king, channels: [inbox]}",
        "2: recipients[0].role: 'king' is not known as role. Write operator, focal-point"
    )]
    [InlineData("- {id: a, name: n, role: operator, countries: [FRA], channels: [inbox]}", "2: recipients[0].countries[0]: 'FRA' is not")]
    [InlineData("- {id: a, name: n, role: focal-point, channels: [inbox]}", "2: recipients[0]: 'countries' must name the State")]
    [InlineData("- {id: a, name: n, role: operator, channels: []}", "2: recipients[0].channels: Give at least one of inbox and webhook.")]
    [InlineData("- {id: a, name: n, role: operator, channels: [pigeon]}", "2: recipients[0].channels[0]: Write 'inbox'")]
    [InlineData(
        "- {id: a, name: n, role: regional-organisation, organisation: X, channels: [inbox]}",
        "2: recipients[0].organisation: The organisation 'X' is not in"
    )]
    [InlineData("- {id: a, name: n, role: operator, tlp: SECRET, channels: [inbox]}", "2: recipients[0].tlp: Write TLP:RED")]
    [InlineData(
        "- {id: a, name: n, role: operator, chanels: [inbox]}",
        "2: recipients[0].chanels: 'chanels' is not known here. Did you mean 'channels'?"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/'}}]}",
        "Give one of 'secret' and 'secret-env'"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/', secret: short}}]}",
        "at least 16 characters"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/', secret-env: NOT_SET}}]}",
        "The environment variable NOT_SET is not set"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [inbox]}\n- {id: a, name: n, role: operator, channels: [inbox]}",
        "3: recipients[1].id: The id of 'recipients/a' is used twice"
    )]
    [InlineData("- {id: a, name: ~, role: operator, channels: [inbox]}", "2: recipients[0].name: 'name' has nothing behind it")]
    [InlineData(
        "- {id: a, name: n, role: operator, countries: , channels: [inbox]}",
        "2: recipients[0].countries: 'countries' has nothing behind it"
    )]
    [InlineData("- {id: a, name: n, role: operator, role: operator, channels: [inbox]}", "2: : This is not YAML")]
    [InlineData("  ", "1: recipients: 'recipients' has nothing behind it")]
    [InlineData("---\nrecipients: []", "0: : The file holds 2 documents")]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {id: inbox, url: 'http://127.0.0.1:1/', secret: 0123456789abcdef}}, "
            + "inbox]}",
        "The channel id 'inbox' is used twice"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {id: Hook, url: 'http://127.0.0.1:1/', secret: 0123456789abcdef}}]}",
        "webhook.id: An id has 1 to 60"
    )]
    [InlineData("- {id: a", "not YAML")]
    public void Read_Fault_NamesLineAndPath(string recipients, string expected)
    {
        var fault = Assert.Throws<FaultyFileException>(() =>
            DirectoryReader.Read($"recipients:\n{recipients}\n", "d.yaml", exercise: true, _ => null)
        );

        Assert.Contains(fault.Faults, f => Shown(f).Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# To be filled in.\n")]
    public void Read_FileWithoutContent_IsRefused(string text)
    {
        var fault = Assert.Throws<FaultyFileException>(() => DirectoryReader.Read(text, "d.yaml", exercise: true, _ => null));

        Assert.Equal("d.yaml: The file has nothing in it. Write its keys, or take it away.", Assert.Single(fault.Faults).ToString());
    }

    [Theory]
    [InlineData("https://example.org/hook")]
    [InlineData("http://10.0.0.1/hook")]
    public void Read_ForeignDestinationInAnExercise_IsRefusedByName(string url)
    {
        var text = DirectoryText(Recipient("a", "operator", channels: $"[{Webhook(url)}]"));

        var fault = Assert.Throws<FaultyFileException>(() => DirectoryReader.Read(text, "d.yaml", exercise: true, _ => null));

        Assert.Contains(fault.Faults, f => f.Message.Contains($"{url} is not on this machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ForeignDestination_MustBeHttps()
    {
        Assert.Single(Parse("https://example.org/hook").Entries);
        Assert.Throws<FaultyFileException>(() => Parse("http://example.org/hook"));

        static DirectoryListing Parse(string url) =>
            DirectoryReader.Read(DirectoryText(Recipient("a", "operator", channels: $"[{Webhook(url)}]")), "d.yaml", exercise: false, _ =>
                null
            );
    }

    [Theory]
    [InlineData("secret: [a-new-secret-of-some-length, an-old-secret-of-some-length]", 2)]
    [InlineData("secret: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]", 1)]
    [InlineData("secret-env: [NEW, OLD]", 2)]
    [InlineData("secret-env: NEW", 1)]
    public void Read_OneSecretOrTwo_SignWithEach(string secrets, int expected)
    {
        var listing = DirectoryReader.Read(
            DirectoryText(Recipient("a", "operator", channels: $"[{{webhook: {{url: 'http://127.0.0.1:1/', {secrets}}}}}]")),
            "d.yaml",
            exercise: true,
            name =>
                name switch
                {
                    "NEW" => "a-new-secret-of-some-length",
                    "OLD" => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    _ => null,
                }
        );

        Assert.Equal(expected, listing.Entries[0].Channels[0].Secrets.Distinct().Count());
    }

    [Theory]
    [InlineData("secret: []")]
    [InlineData("secret: [hunter2-hunter2-hunter2, hunter2-hunter2-hunter3, hunter2-hunter2-hunter4]")]
    [InlineData("secret: hunter2")]
    [InlineData("secret: whsec_hunter2")]
    [InlineData("secret: {hunter2-hunter2-hunter2: x}")]
    [InlineData("secret:hunter2-hunter2-hunter2")]
    [InlineData("secret: *hunter2-hunter2-hunter2")]
    [InlineData("secret: %hunter2-hunter2-hunter2")]
    [InlineData("secret: !hunter2-hunter2-hunter2")]
    [InlineData("secret: @hunter2-hunter2-hunter2")]
    [InlineData("secret: 'hunter2-hunter2-hunter2")]
    [InlineData("secret: hunter2-hunter2-hunter2, secret: hunter2-hunter2-hunter3")]
    [InlineData("secret-env: hunter2-hunter2-hunter2")]
    [InlineData("secret-env: [TAKEN, hunter2-hunter2-hunter2]")]
    [InlineData("secret-env: SHORT")]
    public void Read_SecretAtFault_IsRefusedWithoutSayingIt(string secrets)
    {
        var text = DirectoryText(Recipient("a", "operator", channels: $"[{{webhook: {{url: 'http://127.0.0.1:1/', {secrets}}}}}]"));

        var fault = Assert.Throws<FaultyFileException>(() => DirectoryReader.Read(text, "d.yaml", exercise: true, name => name switch
                {
                    "TAKEN" => "a-new-secret-of-some-length",
                    "SHORT" => "hunter2",
                    _ => null,
                }));

        Assert.DoesNotContain("hunter", fault.Message + string.Join('\n', fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Webhook_ShowsNeitherSecretNorToken()
    {
        var entry = Listing(
            Recipient("a", "operator", channels: $"[{Webhook("http://user:pass@127.0.0.1:80/services/T0001/0123456789abcdefXYZ?key=k")}]")
        ).Entries[0];

        Assert.Equal("http://127.0.0.1/services/T0001/…", entry.Recipient.Channels[0].Destination);
        Assert.DoesNotContain(Secret, entry.ToString() + entry.Channels[0], StringComparison.Ordinal);
    }

    private static string Shown(FileFault fault) => $"{fault.Place.Line}: {fault.Place.Path}: {fault.Message}";
}
