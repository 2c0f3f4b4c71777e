using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Coinr.Tables;

/// <summary>What COINr asks of the rows of iMeta together: a tree whose levels follow one upon another.</summary>
internal static class MetaHierarchy
{
    /// <summary>Gives the index at the top.</summary>
    public static MetaRow Check(MetaTable meta)
    {
        if (meta.Indicators.Count == 0)
        {
            throw new CliException($"{meta.Path} has no row of type Indicator.");
        }

        foreach (var indicator in meta.Indicators)
        {
            CheckIndicator(meta, indicator);
        }

        if (meta.Aggregates.FirstOrDefault(row => row.Level < 2) is { } low)
        {
            throw meta.Wrong(low, "Level", $"the aggregate '{low.ICode}' has level {low.Level}. Aggregates have 2 and more.");
        }

        foreach (var part in meta.Indicators.Concat(meta.Aggregates).Where(part => part.Parent.Length > 0))
        {
            CheckParent(meta, part);
        }

        if (meta.Aggregates.FirstOrDefault(row => !meta.ChildrenOf(row).Any()) is { } childless)
        {
            throw meta.Wrong(childless, "iCode", $"nothing has '{childless.ICode}' as its parent. Take it out, or name it in Parent.");
        }

        MetaRow[] tops = [.. meta.Indicators.Concat(meta.Aggregates).Where(part => part.Parent.Length == 0)];
        return tops switch
        {
            [{ Type: MetaType.Aggregate } root] => root,
            [] => throw new CliException(
                $"{meta.Path}: every part has a parent, so there is no index. Leave the Parent of the highest one empty."
            ),
            [var only] => throw meta.Wrong(only, "Parent", $"'{only.ICode}' is an indicator without a parent. Name one."),
            [_, var second, ..] => throw meta.Wrong(
                second,
                "Parent",
                $"'{tops[0].ICode}' and '{second.ICode}' both have no parent. One alone is the index."
            ),
        };
    }

    private static void CheckIndicator(MetaTable meta, MetaRow indicator)
    {
        if (indicator.Level != 1)
        {
            throw meta.Wrong(indicator, "Level", $"the indicator '{indicator.ICode}' has level {indicator.Level}. Indicators have 1.");
        }

        if (indicator.Direction is not (1 or -1))
        {
            throw meta.Wrong(indicator, "Direction", $"'{indicator.Direction}' is no direction. Use 1 or -1.");
        }

        if (
            indicator.Denominator.Length > 0
            && meta.Find(indicator.Denominator) is not { Type: MetaType.Denominator or MetaType.Indicator }
        )
        {
            throw meta.Wrong(
                indicator,
                "Denominator",
                $"'{indicator.Denominator}' is not the code of a denominator. Add its row, or leave the cell empty."
            );
        }
    }

    private static void CheckParent(MetaTable meta, MetaRow part)
    {
        if (meta.Find(part.Parent) is not { Type: MetaType.Aggregate } parent)
        {
            throw meta.Wrong(part, "Parent", $"'{part.Parent}' is not the code of an aggregate. Add its row, or name another.");
        }

        if (parent.Level != part.Level + 1)
        {
            throw meta.Wrong(
                part,
                "Parent",
                $"'{part.ICode}' at level {part.Level} stands under '{parent.ICode}' at level {parent.Level}. A parent is one level above."
            );
        }
    }
}
