using System.Text.RegularExpressions;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>The published table of error reasons says what the contract says, for every reason there is.</summary>
public sealed partial class ErrorTableTests
{
    [Fact]
    public void Table_OfErrorReasons_HasEveryReasonWithCauseFixAndResend()
    {
        var contract = Reasons()
            .Matches(Repository.Read("protos", "earlywarning", "v1", "error_reason.proto"))
            .Select(m =>
                (
                    Name: m.Groups["name"].Value,
                    Text: Spaces().Replace(m.Groups["text"].Value.Replace("//", "", StringComparison.Ordinal), " ").Trim()
                )
            )
            .Where(reason => reason.Name != "UNSPECIFIED")
            .Select(reason => Row(reason.Name, reason.Text));
        var table = Repository.Read("docs", "errors.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(contract, table);
        Assert.Equal(Enum.GetValues<ErrorReason>().Length - 1, table.Count());
    }

    // Of what is thrown with values beside its words: a statement has one reason, and each value stands as ("key", …).
    [Fact]
    public void Metadata_OfEveryFault_IsOfTheKeysThatItsReasonHas()
    {
        var keys = Repository
            .Read("docs", "errors.md")
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(
                line => Quoted().Match(line).Groups[1].Value,
                line => Quoted().Matches(line.Split('|')[5]).Select(m => m.Groups[1].Value).ToHashSet()
            );
        var thrown = Directory
            .GetFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => File.ReadAllText(file).Split(';'))
            .Where(statement =>
                statement.Contains("Fault.", StringComparison.Ordinal) || statement.Contains("=> Of(", StringComparison.Ordinal)
            )
            .Select(statement =>
                (Reason: Named().Match(statement).Groups[1].Value, Keys: Pairs().Matches(statement).Select(m => m.Groups[1].Value).ToList())
            )
            .Where(fault => fault.Reason.Length > 0 && fault.Keys.Count > 0)
            .ToList();

        Assert.InRange(thrown.Count, 15, 1_000);
        Assert.All(thrown, fault => Assert.Subset(keys[NameOf(fault.Reason)], fault.Keys.ToHashSet()));
    }

    private static string NameOf(string reason) =>
        ErrorReasonReflection
            .Descriptor.EnumTypes[0]
            .Values.Single(value => (ErrorReason)value.Number == Enum.Parse<ErrorReason>(reason))
            .Name["ERROR_REASON_".Length..];

    private static string Row(string name, string text)
    {
        var parts = Parts().Match(text);
        Assert.True(parts.Success, $"{name}: the comment has no cause, fix and resend");
        return $"| `{name}` | {parts.Groups["cause"].Value} | {parts.Groups["fix"].Value} | {parts.Groups["resend"].Value} | "
            + $"{parts.Groups["keys"].Value} |";
    }

    [GeneratedRegex(@"(?<text>(?:  //[^\n]*\n)+)  ERROR_REASON_(?<name>\w+) =")]
    private static partial Regex Reasons();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"ErrorReason\.(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(",\\s*\\(\"([a-z_]+)\", ")]
    private static partial Regex Pairs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?<cause>.*?) Fix: (?<fix>.*?) Resend: (?<resend>.*?)(?: Metadata: (?<keys>.*)\.)?$")]
    private static partial Regex Parts();
}
