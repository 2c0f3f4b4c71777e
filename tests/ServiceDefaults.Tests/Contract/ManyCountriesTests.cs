using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.Contract;

/// <summary>What is answered over many countries says of how many, as of which catalogue, and can be asked for after revisions.</summary>
public sealed class ManyCountriesTests
{
    [Fact]
    public void Answers_ThatCountCountries_AreAskedForAfterRevisions() =>
        Assert.Equal(
            [
                "AnalyseChoices",
                "AnalyseSensitivity",
                "Backtest",
                "CompareFrameworks",
                "ExplainScore",
                "FitModel",
                "QuantifyUncertainty",
                "RankCountries",
                "RebaseFramework",
                "WhatIf",
            ],
            Methods()
                .Where(method =>
                    method.InputType.FindFieldByName("minimum_revisions") is { IsRepeated: true } minima
                    && minima.MessageType == CountryRevision.Descriptor
                )
                .Select(method => method.Name)
                .Order()
        );

    [Fact]
    public void Requests_ThatWaitForRevisions_AreAnsweredWithCountAndCatalogue() =>
        Assert.All(Methods().Where(method => method.InputType.FindFieldByName("minimum_revisions") is not null), method =>
            Assert.True(Counts(method.OutputType), $"{method.Name} does not say how many countries and as of which catalogue.")
        );

    [Fact]
    public void Answers_ThatSayWhatTheyWereComputedFrom_WaitForRevisions() =>
        Assert.All(Methods().Where(method => HasComputation(method.OutputType)), method =>
            Assert.NotNull(method.InputType.FindFieldByName("minimum_revisions"))
        );

    private static bool Counts(MessageDescriptor answer) =>
        HasComputation(answer)
        || (answer.FindFieldByName("ranked_count") is not null && answer.FindFieldByName("catalogue_revision") is not null);

    private static bool HasComputation(MessageDescriptor answer) =>
        answer
            .Fields.InDeclarationOrder()
            .Where(field => field.FieldType == FieldType.Message && !field.IsMap)
            .Any(field =>
                field.MessageType == Computation.Descriptor
                || (!field.IsRepeated && field.MessageType.FindFieldByName("computation") is not null)
            );

    private static IEnumerable<MethodDescriptor> Methods() =>
        new[] { ScoringServiceReflection.Descriptor, RiskServiceReflection.Descriptor }
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods);
}
