using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.OpenApi;

/// <summary>The contract's comments as descriptions.</summary>
internal static class Prose
{
    /// <summary>The comment of an element in one paragraph, or as many as it has; empty without one.</summary>
    public static string Of(IDescriptor element)
    {
        var comment = (element as DescriptorBase)?.Declaration?.LeadingComments ?? "";
        var paragraphs = comment
            .Split("\n\n")
            .Select(paragraph => string.Join(' ', paragraph.Split('\n').Select(line => line.Trim())).Trim());
        return string.Join("\n\n", paragraphs).Trim();
    }

    /// <summary>The first sentence, without its full stop.</summary>
    public static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
