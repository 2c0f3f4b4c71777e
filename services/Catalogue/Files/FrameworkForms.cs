using EarlyWarning.Catalogue.Rules;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;
using EarlyWarning.Yaml.Contract;
using Google.Protobuf;

namespace EarlyWarning.Catalogue.Files;

/// <summary>How frameworks are written in YAML, where it does not follow from the contract alone.</summary>
internal static class FrameworkForms
{
    /// <summary>The forms for one file.</summary>
    /// <param name="indicators">Takes in what indicators the file defines.</param>
    /// <param name="folder">Where tables lie beside the file.</param>
    /// <param name="include">Loads a further file, or says at the place given why not.</param>
    public static MessageForms Of(IndicatorForms indicators, FileFolder folder, Func<string, Place, YamlMap?> include)
    {
        MessageForms forms = new();
        TreeForm tree = new(forms, indicators, include);
        TableForms tables = new(indicators, folder);
        return forms
            .With(V1.Framework.Descriptor, form => form.Id("name", "id", ResourceForm.Frameworks).Inline("composite", "tree"))
            .With(V1.CompositeModel.Descriptor, form =>
                form.Key("root", "tree").Without("reference_set").Then<V1.CompositeModel>(tables.ReadSet)
            )
            .With(V1.LevelNode.Descriptor, form => form.Note("reason"))
            .With(V1.Band.Descriptor, form => form.Key("lower_bound", "from"))
            .With(V1.Node.Descriptor, tree.Shape)
            .With(V1.Denominator.Descriptor, form => form.Leading("indicator").Then<V1.Denominator>(Defines))
            .With(V1.Coefficient.Descriptor, form => form.Key("value", "coefficient").Then<V1.Coefficient>(Defines))
            .With(V1.Interaction.Descriptor, form => form.Key("value", "coefficient"))
            .With(V1.LogisticModel.Descriptor, form =>
                form.Optional("intercept", "coefficients").Then<V1.LogisticModel>(tables.ReadCoefficients)
            )
            .With(V1.EnsembleMember.Descriptor, form => form.Inline("model"))
            .With(V1.Indicator.Descriptor, form => form.Without("code").Key("default_error", "error"))
            .With(V1.DefaultError.Descriptor, indicators.ShapeError)
            .With(V1.Threshold.Descriptor, ThresholdForm.Shape);

        void Defines(YamlMap map, IMessage message, string field) => indicators.Read(map, "indicator", forms);
    }
}
