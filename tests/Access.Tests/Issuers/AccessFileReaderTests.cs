using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Roles;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using EarlyWarning.Yaml;

namespace EarlyWarning.Access.Tests.Issuers;

/// <summary>What <c>access.yaml</c> may say, and how it is told what it may not.</summary>
public sealed class AccessFileReaderTests
{
    private const string Issuers = """
        issuers:
          - issuer: https://login.example/realms/desk/
            audience: early-warning

        """;

    [Fact]
    public void File_OfTwoIssuersAndThreeKindsOfGrants_IsReadWhole()
    {
        var rules = Read(
            Issuers
                + """
                  - issuer: https://login.example/realms/field
                    audience: warnings
                    known-as: field
                    name-claim: email
                    algorithms: [ES256]
                    client-id: board
                grants:
                  - match: { issuer: https://login.example/realms/desk, subject: 7f3a }
                    roles:
                      - role: focal-point
                        countries: [KEN, UGA]
                        recipients: [focal-point-ken]
                  - match: { issuer: https://login.example/realms/field, claim: realm_access.roles, value: night }
                    roles: [{ role: reviewer, organisation: IGAD }]
                  - match: { certificate: harvest }
                    roles: [{ role: partner }]
                """
        );

        Assert.Equal(["login.example", "field"], rules.Issuers.Select(issuer => issuer.KnownAs));
        Assert.Equal("https://login.example/realms/desk", rules.Issuers[0].Url);
        Assert.DoesNotContain(rules.Issuers[0].Algorithms, name => name.StartsWith("HS", StringComparison.Ordinal) || name == "none");
        Assert.Equal(["ES256"], rules.Issuers[1].Algorithms);
        Assert.Equal("board", rules.Issuers[1].SignIn?.ClientId);
        Assert.Equal(
            [new Grant(AccessRole.FocalPoint, ["KEN", "UGA"], "", ["recipients/focal-point-ken"])],
            rules.GrantsOf(rules.Issuers[0], TokenClaims.Read("""{ "sub": "7f3a" }"""))
        );
        Assert.Equal(
            [new Grant(AccessRole.Reviewer, [], "IGAD", [])],
            rules.GrantsOf(rules.Issuers[1], TokenClaims.Read("""{ "sub": "7f3a", "realm_access": { "roles": ["day", "night"] } }"""))
        );
        Assert.Equal([new Grant(AccessRole.Partner, [], "", [])], rules.GrantsOfCertificate("harvest"));
        Assert.Empty(rules.GrantsOfCertificate(""));
    }

    [Theory]
    [InlineData("""{ "groups": "desk" }""", true)]
    [InlineData("""{ "groups": ["a", "desk"] }""", true)]
    [InlineData("""{ "https://x.example/groups": ["desk"] }""", false)]
    [InlineData("""{ "groups": ["desks", "DESK", null, { "desk": 1 }] }""", false)]
    [InlineData("""{ "groups": { "desk": true } }""", false)]
    [InlineData("{}", false)]
    public void Claim_Meets_OnlyWhereItIsTheValueOrHasIt(string claims, bool meets) =>
        Assert.Equal(meets, TokenClaims.Read(claims).Has("groups", "desk"));

    [Fact]
    public void Claim_NamedByAnAddress_IsFoundByTheWholeOfIt() =>
        Assert.True(TokenClaims.Read("""{ "https://x.example/groups": ["desk"] }""").Has("https://x.example/groups", "desk"));

    [Fact]
    public void Faults_AreToldAllTogether_WithLineAndPath()
    {
        var faults = Faults(
            """
            issuers:
              - issuer: http://login.example
                audiense: early-warning
                algorithms: [RS256, HS256]
            grants:
              - match: { issuer: https://other.example, subject: x }
                roles: [{ role: focalpoint, countries: [Kenya] }]
              - match: { subject: x }
            """
        );

        Assert.Contains(
            "access.yaml:2:13: issuers[0].issuer: 'http://login.example' is beyond this machine, where whoever stands between could sign "
                + "tokens. Give its https address.",
            faults
        );
        Assert.Contains("access.yaml:2:5: issuers[0].audience: 'audience' is missing.", faults);
        Assert.Contains(faults, fault =>
            fault.StartsWith("access.yaml:3:5: issuers[0].audiense: 'audiense' is not known here.", StringComparison.Ordinal)
        );
        Assert.Contains(faults, fault =>
            fault.StartsWith("access.yaml:4:17: issuers[0].algorithms: 'HS256' is not an algorithm", StringComparison.Ordinal)
        );
        Assert.Contains(
            "access.yaml:6:22: grants[0].match.issuer: 'https://other.example' is not among the 'issuers' of this file.",
            faults
        );
        Assert.Contains(faults, fault =>
            fault.StartsWith("access.yaml:7:21: grants[0].roles[0].role: 'focalpoint' is not a role.", StringComparison.Ordinal)
        );
        Assert.Contains(faults, fault =>
            fault.StartsWith("access.yaml:7:13: grants[0].roles[0]: 'Kenya' is not a country", StringComparison.Ordinal)
        );
        Assert.Contains(faults, fault =>
            fault.StartsWith("access.yaml:8:12: grants[1].match: Give 'issuer' with 'subject'", StringComparison.Ordinal)
        );
        Assert.Contains("access.yaml:8:5: grants[1]: 'roles' is missing, or names none.", faults);
    }

    [Theory]
    [InlineData("algorithms: [none]", "'none' is not an algorithm")]
    [InlineData("algorithms: []", "Nothing is an algorithm")]
    [InlineData("client-secret-env: X", "give its 'client-id' too")]
    [InlineData("client-id: b\n    client-secret-env: EW_NEVER_SET", "The environment variable EW_NEVER_SET is not set.")]
    [InlineData("client-id: b\n    client-secret-file: never.txt", "never.txt cannot be read")]
    [InlineData("client-secret: s3cret", "'client-secret' is not known here")]
    [InlineData("known-as: a@b", "'known-as' has 1 to 60 letters")]
    public void Issuer_WithAFault_IsTold(string line, string said)
    {
        var fault = Assert.Single(Faults($"{Issuers.TrimEnd()}\n    {line}\n"));

        Assert.Contains(said, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Issuers_OnOneHost_NeedNamesOfTheirOwn() =>
        Assert.Contains(
            "'login.example' stands behind the names of another issuer's callers already",
            Assert.Single(Faults(Issuers + "  - { issuer: https://login.example/realms/field, audience: x }")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("countries: []", "names no country")]
    [InlineData("countries:", "has nothing behind it")]
    [InlineData("countries: KEN", "Here belongs a list")]
    [InlineData("organisation: ''", "names none")]
    [InlineData("recipients: [a/b]", "is not a recipient")]
    public void Bound_ThatNamesNothing_IsAFaultAndNeverTheWholeWorld(string bound, string said) =>
        Assert.Contains(
            said,
            Assert.Single(Faults($"grants:\n  - match: {{ certificate: x }}\n    roles:\n      - role: partner\n        {bound}\n")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("")]
    [InlineData("a: b: c")]
    [InlineData("- x")]
    public void File_ThatIsNoMapping_IsAFault(string text) => Assert.Single(Faults(text));

    [Fact]
    public void Secret_OfAFile_IsReadEachTime_BesideTheFileThatNamesIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("secret.txt", "one\n");
        var file = folder.Write("access.yaml", $"{Issuers.TrimEnd()}\n    client-id: b\n    client-secret-file: secret.txt\n");
        var signIn = AccessFileReader.Read(File.ReadAllText(file), file).Issuers[0].SignIn!;
        Assert.Equal("one", signIn.ReadSecret());

        folder.Write("secret.txt", "two");

        Assert.Equal("two", signIn.ReadSecret());
    }

    private static AccessRules Read(string text) => AccessFileReader.Read(text, "access.yaml");

    private static List<string> Faults(string text) =>
        [.. Assert.Throws<FaultyFileException>(() => Read(text)).Faults.Select(fault => fault.ToString())];
}
