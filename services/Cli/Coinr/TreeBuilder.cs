using EarlyWarning.Cli.Coinr.Tables;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Coinr;

/// <summary>Builds the tree of a framework from the rows of iMeta; children stand in the file's order, as COINr has them.</summary>
internal sealed class TreeBuilder(MetaTable meta, MethodChoices choices)
{
    public Node Build() => NodeOf(meta.Root);

    private Node NodeOf(MetaRow row)
    {
        var node = new Node
        {
            Code = row.Code,
            DisplayName = row.Name,
            Weight = row.Weight,
        };
        if (row.Type == MetaType.Indicator)
        {
            node.Leaf = new() { Indicator = row.Code, Direction = row.Direction == 1 ? Direction.Increasing : Direction.Decreasing };
            choices.ApplyTo(node.Leaf, meta, row);
            return node;
        }

        choices.ApplyTo(node, row.Level);
        node.Children.Add(meta.ChildrenOf(row).Select(NodeOf));
        return node;
    }
}
