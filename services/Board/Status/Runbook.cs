using System.Text.RegularExpressions;

namespace EarlyWarning.Board.Status;

/// <summary>
/// The runbook of this build, section by section, so that what to do is there where a fault is read, without the internet.
/// </summary>
internal static partial class Runbook
{
    // Which alarms tell in figures what a line of the status tells in words.
    private static readonly Dictionary<string, string[]> s_sections = new(StringComparer.Ordinal)
    {
        ["intake"] = ["StoreUnavailable", "StoreQuiet"],
        ["store"] = ["StoreUnavailable", "StoreQuiet", "WritesSlow"],
        ["disk"] = ["DiskLow"],
        ["log"] = ["LogLarge"],
        ["archive"] = ["ArchiveFaulty"],
        ["clock"] = ["ClockDoubted", "ClockLeads", "StoreClockDiffers", "SourcesAhead"],
        ["sources"] = ["SourceSilent"],
        ["catalogue"] = ["CatalogueFaults", "FrameworkRefused"],
        ["countries"] = ["CountryFaulty"],
        ["arming"] = ["Unarmed", "Suppressed"],
        ["outbox"] = ["EventAside", "EventFailed", "Unpublished", "Unconfirmed"],
        ["deliveries"] = ["BrokerLate"],
        ["dead-letters"] = ["DeadLetters"],
        ["directory"] = ["DirectoryEmpty", "DirectoryRefused"],
        ["nobody to tell"] = ["NobodyToTell"],
        ["destinations"] = ["ChannelsFail", "Undelivered"],
        ["undelivered"] = ["Undelivered", "UndeliveredTo"],
        ["given up"] = ["GivenUp", "GivenUpOnOne"],
        ["resting channels"] = ["ChannelRests"],
        ["cases"] = ["CaseStuck", "CaseOverdue", "CaseExhausted", "NobodyToAsk"],
        ["process"] = ["LoopStalled"],
        ["serving"] = ["NotReady", "SidecarAway"],
        ["services"] = ["ServiceMissing"],
        ["files"] = ["FilesDiffer"],
        ["keys"] = ["KeysRefused", "KeyExpires"],
        ["issuers"] = ["IssuersRefused", "IssuerUnreachable"],
        ["certificate"] = ["CertificateExpires", "CertificateExpired", "CertificateRefused"],
        ["audit"] = ["AuditWaits"],
    };

    /// <summary>Gets the sections, in the document's order.</summary>
    public static IReadOnlyList<RunbookSection> Sections { get; } = Read();

    /// <summary>Gets the subjects of the status that lead to sections of their own.</summary>
    public static IEnumerable<string> Subjects => s_sections.Keys;

    /// <summary>The sections about a line of the status; the one about what cannot be read where there is none of its own.</summary>
    public static IEnumerable<RunbookSection> Of(string subject) =>
        s_sections
            .GetValueOrDefault(subject, ["NotKnown"])
            .Select(name => Sections.First(section => section.Alert == $"EarlyWarning{name}"));

    private static RunbookSection[] Read()
    {
        using var reader = new StreamReader(typeof(Runbook).Assembly.GetManifestResourceStream("runbook.md")!);
        List<RunbookSection> sections = [];
        var chapter = "";
        foreach (Match part in Part().Matches(reader.ReadToEnd().ReplaceLineEndings("\n")))
        {
            if (part.Groups["chapter"].Success)
            {
                chapter = part.Groups["chapter"].Value;
            }
            else
            {
                sections.Add(new(chapter, part.Groups["alert"].Value, [.. Paragraphs(part.Groups["text"].Value)]));
            }
        }

        return [.. sections];
    }

    private static IEnumerable<RunbookParagraph> Paragraphs(string text) =>
        Paragraph()
            .Matches(text)
            .Select(one => new RunbookParagraph(one.Groups["head"].Value, [.. Pieces(one.Groups["said"].Value.Replace('\n', ' ').Trim())]));

    private static IEnumerable<RunbookPiece> Pieces(string text)
    {
        var end = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            if (mark.Index > end)
            {
                yield return new(text[end..mark.Index]);
            }

            yield return mark.Groups["code"].Success
                ? new(mark.Groups["code"].Value, IsCode: true)
                : new(mark.Groups["link"].Value, Anchor: mark.Groups["anchor"].Value);
            end = mark.Index + mark.Length;
        }

        if (end < text.Length)
        {
            yield return new(text[end..]);
        }
    }

    [GeneratedRegex(@"^## (?<chapter>.+)$|^### (?<alert>\w+)\n(?<text>(?:(?!^##).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"^\*\*(?<head>\w+)\*\*: (?<said>(?:(?!^\*\*\w+\*\*: ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"`(?<code>[^`]+)`|\[(?<link>[^\]]+)\]\((?:#(?<anchor>[\w-]+)|[^)]*)\)")]
    private static partial Regex Mark();
}

/// <summary>A section of the runbook.</summary>
/// <param name="Chapter">Under which heading it stands.</param>
/// <param name="Alert">The alarm that it is about.</param>
/// <param name="Paragraphs">What it means, what to look at, what to do, whom to wake.</param>
internal sealed record RunbookSection(string Chapter, string Alert, IReadOnlyList<RunbookParagraph> Paragraphs)
{
    /// <summary>Gets where it stands on the page.</summary>
    public string Anchor => Alert.ToLowerInvariant();
}

/// <summary>A paragraph of a section.</summary>
/// <param name="Head">What it tells.</param>
/// <param name="Said">Its text.</param>
internal sealed record RunbookParagraph(string Head, IReadOnlyList<RunbookPiece> Said);

/// <summary>A piece of a paragraph's text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsCode">It is to be typed, or is a name.</param>
/// <param name="Anchor">The section to which it leads; empty where it leads to none of them.</param>
internal sealed record RunbookPiece(string Text, bool IsCode = false, string Anchor = "");
