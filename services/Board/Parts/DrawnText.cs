using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace EarlyWarning.Board.Parts;

/// <summary>Words in a drawing: an element that has another meaning in a component's markup.</summary>
public sealed class DrawnText : ComponentBase
{
    /// <summary>Where it stands, across.</summary>
    [Parameter, EditorRequired]
    public string X { get; set; } = "";

    /// <summary>Where its line stands, from above.</summary>
    [Parameter]
    public string Y { get; set; } = "14";

    /// <summary>Which end of it stands there.</summary>
    [Parameter, EditorRequired]
    public string Anchor { get; set; } = "";

    /// <summary>Its style.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>The words.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Class);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
