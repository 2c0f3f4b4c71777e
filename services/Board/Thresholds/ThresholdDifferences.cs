using EarlyWarning.V1;

namespace EarlyWarning.Board.Thresholds;

/// <summary>In which fields two versions of a threshold differ. Pure.</summary>
internal static class ThresholdDifferences
{
    private static readonly HashSet<string> s_set = ["name", "etag", "revision", "update_time", "retire_time"];

    /// <summary>The fields, as the contract names them, with the text of each in both.</summary>
    public static IReadOnlyList<(string Field, string One, string Other)> Of(Threshold one, Threshold other)
    {
        List<(string, string, string)> found = [];
        foreach (var field in Threshold.Descriptor.Fields.InDeclarationOrder().Where(field => !s_set.Contains(field.Name)))
        {
            var (mine, theirs) = (Text(one), Text(other));
            if (mine != theirs)
            {
                found.Add((field.Name, mine, theirs));
            }

            string Text(Threshold threshold) =>
                field.HasPresence && !field.Accessor.HasValue(threshold) ? "" : $"{field.Accessor.GetValue(threshold)}".Trim('"');
        }

        return found;
    }
}
