using System.Text.RegularExpressions;
using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Structure;

/// <summary>The published table of error reasons says what the contract says, for every reason there is.</summary>
public sealed partial class ErrorTableTests
{
    [Fact]
    public void Table_OfErrorReasons_HasEveryReasonWithCauseFixAndResend()
    {
        var contract = Reasons().Matches(Repository.Read("protos", "earlywarning", "v1", "error_reason.proto"))
            .Select(m => (Name: m.Groups["name"].Value, Text: Spaces().Replace(m.Groups["text"].Value.Replace("//", "", StringComparison.Ordinal), " ").Trim()))
            .Where(reason => reason.Name != "UNSPECIFIED")
            .Select(reason => Row(reason.Name, reason.Text));
        var table = Repository.Read("docs", "errors.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(contract, table);
        Assert.Equal(Enum.GetValues<ErrorReason>().Length - 1, table.Count());
    }

    private static string Row(string name, string text)
    {
        var parts = Parts().Match(text);
        Assert.True(parts.Success, $"{name}: the comment has no cause, fix and resend");
        return $"| `{name}` | {parts.Groups["cause"].Value} | {parts.Groups["fix"].Value} | {parts.Groups["resend"].Value} |";
    }

    [GeneratedRegex(@"(?<text>(?:  //[^\n]*\n)+)  ERROR_REASON_(?<name>\w+) =")]
    private static partial Regex Reasons();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?<cause>.*?) Fix: (?<fix>.*?) Resend: (?<resend>.*)$")]
    private static partial Regex Parts();
}
