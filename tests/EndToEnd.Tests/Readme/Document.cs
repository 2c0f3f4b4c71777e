using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>A Markdown file of this repository, taken apart.</summary>
internal sealed partial class Document(string name)
{
    public string Text { get; } = Repository.Read(name).ReplaceLineEndings("\n");

    /// <summary>The contents of its fenced blocks of one language, in order.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Fences().Matches(Text).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["content"].Value);

    /// <summary>
    /// Its blocks of commands (<c>bash</c>), in order, each with the block of what they say (<c>text</c>) where that is the next one.
    /// </summary>
    public IReadOnlyList<(string Commands, string? Said)> Walk()
    {
        var blocks = Fences()
            .Matches(Text)
            .Select(fence => (Language: fence.Groups["language"].Value, Content: fence.Groups["content"].Value))
            .ToList();
        return
        [
            .. blocks
                .Zip(blocks.Skip(1).Append((Language: "", Content: "")))
                .Where(pair => pair.First.Language == "bash")
                .Select(pair => (pair.First.Content, pair.Second.Language == "text" ? pair.Second.Content : null)),
        ];
    }

    /// <summary>What it says in sentences from one heading to another, without blocks and tables.</summary>
    public string Prose(string from, string before)
    {
        var (start, end) = (Text.IndexOf(from, StringComparison.Ordinal), Text.IndexOf(before, StringComparison.Ordinal));
        var lines = Fences().Replace(Text[start..end], "").Split('\n').Where(line => !line.StartsWith('|') && !line.StartsWith('#'));
        return string.Join('\n', lines);
    }

    /// <summary>The targets of its links and pictures that lie in the repository, without the place inside.</summary>
    public IEnumerable<string> RelativeLinks() =>
        Links()
            .Matches(Text)
            .Select(link => link.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();
}
