using EarlyWarning.Notification.Directory;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;

namespace EarlyWarning.Notification.Tests.Directory;

public sealed class DirectoryFileTests
{
    [Fact]
    public void Parse_Example_IsValidInAnExerciseAndNamesEveryRole()
    {
        using var stream = typeof(DirectoryFile).Assembly.GetManifestResourceStream("directory.example.yaml")!;
        using var reader = new StreamReader(stream);

        var entries = DirectoryFile.Parse(reader.ReadToEnd(), "directory.example.yaml", exercise: true, _ => null).Entries;

        Assert.Equal(Enum.GetValues<V1.Role>().Length - 1, entries.Select(e => e.Recipient.Role).Distinct().Count());
        Assert.Equal("TLP:AMBER+STRICT", entries.Single(e => e.Recipient.Name == "recipients/interior-xab").Tlp);
        Assert.Equal(["XAA", "XAB", "XAC"], entries.Single(e => e.Recipient.Organisation == "UNX").Recipient.Countries);
    }

    [Theory]
    [InlineData("- {id: Bad_Id, name: n, role: operator, channels: [inbox]}", "d.yaml:2: recipients[0].id: must be 1 to 60")]
    [InlineData("- {id: a, name: n, role: king, channels: [inbox]}", "d.yaml:2: recipients[0].role: 'king' is not one of")]
    [InlineData(
        "- {id: a, name: n, role: operator, countries: [FRA], channels: [inbox]}",
        "d.yaml:2: recipients[0].countries[0]: 'FRA' is not"
    )]
    [InlineData("- {id: a, name: n, role: focal_point, channels: [inbox]}", "d.yaml:2: recipients[0]: 'countries' must name the State")]
    [InlineData("- {id: a, name: n, role: operator, channels: []}", "d.yaml:2: recipients[0]: 'channels' must have")]
    [InlineData("- {id: a, name: n, role: operator, channels: [pigeon]}", "d.yaml:2: recipients[0].channels[0]: must be 'inbox'")]
    [InlineData(
        "- {id: a, name: n, role: regional_organisation, organisation: X, channels: [inbox]}",
        "d.yaml:2: recipients[0]: the organisation 'X' is not in"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, tlp: SECRET, channels: [inbox]}",
        "d.yaml:2: recipients[0].tlp: 'SECRET' is not one of TLP:RED"
    )]
    [InlineData("- {id: a, name: n, role: operator, chanels: [inbox]}", "d.yaml:2: recipients[0]: 'chanels' is not known here")]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/'}}]}",
        "needs one of 'secret' and 'secret-env'"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/', secret: short}}]}",
        "at least 16 characters"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {url: 'http://127.0.0.1:1/', secret-env: NOT_SET}}]}",
        "the environment variable NOT_SET is not set"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [inbox]}\n- {id: a, name: n, role: operator, channels: [inbox]}",
        "d.yaml:3: recipients[1]: the id of 'recipients/a' is used twice"
    )]
    [InlineData("- {id: a, name: ~, role: operator, channels: [inbox]}", "d.yaml:2: recipients[0].name: has nothing behind it")]
    [InlineData(
        "- {id: a, name: n, role: operator, countries: , channels: [inbox]}",
        "d.yaml:2: recipients[0].countries: has nothing behind it"
    )]
    [InlineData("- {id: a, name: n, role: operator, role: operator, channels: [inbox]}", "d.yaml:2: not YAML")]
    [InlineData("  ", "d.yaml:1: file.recipients: has nothing behind it")]
    [InlineData("---\nrecipients: []", "d.yaml:1: the file holds 2 documents")]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {id: inbox, url: 'http://127.0.0.1:1/', secret: 0123456789abcdef}}, "
            + "inbox]}",
        "the channel id 'inbox' is used twice"
    )]
    [InlineData(
        "- {id: a, name: n, role: operator, channels: [{webhook: {id: Hook, url: 'http://127.0.0.1:1/', secret: 0123456789abcdef}}]}",
        "webhook.id: must be 1 to 60"
    )]
    [InlineData("- {id: a", "not YAML")]
    public void Parse_Fault_NamesLineAndPath(string recipients, string expected)
    {
        var fault = Assert.Throws<DirectoryFileException>(() =>
            DirectoryFile.Parse($"recipients:\n{recipients}\n", "d.yaml", exercise: true, _ => null)
        );

        Assert.Contains(fault.Faults, f => f.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# To be filled in.\n")]
    public void Parse_FileWithoutContent_IsRefused(string text)
    {
        var fault = Assert.Throws<DirectoryFileException>(() => DirectoryFile.Parse(text, "d.yaml", exercise: true, _ => null));

        Assert.Contains("d.yaml:1: the file holds 0 documents", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/hook")]
    [InlineData("http://10.0.0.1/hook")]
    public void Parse_ForeignDestinationInAnExercise_IsRefusedByName(string url)
    {
        var text = DirectoryText(Recipient("a", "operator", channels: $"[{Webhook(url)}]"));

        var fault = Assert.Throws<DirectoryFileException>(() => DirectoryFile.Parse(text, "d.yaml", exercise: true, _ => null));

        Assert.Contains(fault.Faults, f => f.Contains($"{url} is not on this machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_ForeignDestination_MustBeHttps()
    {
        Assert.Single(Parse("https://example.org/hook").Entries);
        Assert.Throws<DirectoryFileException>(() => Parse("http://example.org/hook"));

        static DirectoryListing Parse(string url) =>
            DirectoryFile.Parse(DirectoryText(Recipient("a", "operator", channels: $"[{Webhook(url)}]")), "d.yaml", exercise: false, _ =>
                null
            );
    }

    [Theory]
    [InlineData("secret: [a-new-secret-of-some-length, an-old-secret-of-some-length]", 2)]
    [InlineData("secret: [whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw]", 1)]
    [InlineData("secret-env: [NEW, OLD]", 2)]
    [InlineData("secret-env: NEW", 1)]
    public void Parse_OneSecretOrTwo_SignWithEach(string secrets, int expected)
    {
        var listing = DirectoryFile.Parse(
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
    public void Parse_SecretAtFault_IsRefusedWithoutSayingIt(string secrets)
    {
        var text = DirectoryText(Recipient("a", "operator", channels: $"[{{webhook: {{url: 'http://127.0.0.1:1/', {secrets}}}}}]"));

        var fault = Assert.Throws<DirectoryFileException>(() => DirectoryFile.Parse(text, "d.yaml", exercise: true, name => name switch
                {
                    "TAKEN" => "a-new-secret-of-some-length",
                    "SHORT" => "hunter2",
                    _ => null,
                }));

        Assert.DoesNotContain("hunter", fault.Message + string.Join('\n', fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Webhook_ShowsNeitherSecretNorToken()
    {
        var entry = Listing(
            Recipient("a", "operator", channels: $"[{Webhook("http://user:pass@127.0.0.1:80/services/T0001/0123456789abcdefXYZ?key=k")}]")
        ).Entries[0];

        Assert.Equal("http://127.0.0.1/services/T0001/…", entry.Recipient.Channels[0].Destination);
        Assert.DoesNotContain(Secret, entry.ToString() + entry.Channels[0], StringComparison.Ordinal);
    }
}
