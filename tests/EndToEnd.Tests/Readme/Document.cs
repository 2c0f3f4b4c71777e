using System.Text.RegularExpressions;
using EarlyWarning.EndToEnd.Tests.Structure;

namespace EarlyWarning.EndToEnd.Tests.Readme;

/// <summary>A Markdown file of this repository, taken apart.</summary>
internal sealed partial class Document(string name)
{
    public string Text { get; } = Repository.Read(name).ReplaceLineEndings("\n");

    /// <summary>The contents of its fenced blocks of one language, in order.</summary>
    public IEnumerable<string> Blocks(string language)
        => Fences().Matches(Text).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["content"].Value);

    /// <summary>The targets of its links and pictures that lie in the repository, without the place inside.</summary>
    public IEnumerable<string> RelativeLinks()
        => Links().Matches(Text).Select(link => link.Groups["target"].Value.Split('#')[0]).Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();
}
