using System.Text.RegularExpressions;
using EarlyWarning.Access.Permissions;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Access.Tests.Permissions;

/// <summary>Which calls go on record, as the contract states it.</summary>
public sealed partial class RecordedRpcTests
{
    private static readonly string[] s_computations =
    [
        "ScoreUnits",
        "ConstructIndex",
        "OptimiseWeights",
        "WhatIf",
        "PreviewThreshold",
        "EvaluateForecasts",
        "CompareFrameworks",
        "FitModel",
        "StartOperation",
        "Backtest",
    ];

    [Fact]
    public void EachRpc_ThatWritesAndIsNoObservation_GoesOnRecord()
    {
        Assert.NotEmpty(RpcRules.All);
        Assert.All(RpcRules.All, rpc =>
            Assert.True(rpc.Value.Recorded == !(Reads().IsMatch(NameOf(rpc.Key)) || s_computations.Contains(NameOf(rpc.Key))), rpc.Key)
        );
    }

    [Fact]
    public void EachComputation_ThatMayWriteIntoTheCatalogue_GoesOnRecordThen()
    {
        var writing = RpcRules
            .All.SelectMany(rpc => rpc.Value.Conditions)
            .Where(condition => condition.Permission == Permission.CatalogueWrite)
            .ToList();
        Assert.Equal(2, writing.Count);
        Assert.All(writing, condition => Assert.True(condition.Recorded));
    }

    // What goes on record is what was said: a request that carried a secret would hand it on.
    [Fact]
    public void NoField_OfARequestThatGoesOnRecord_CarriesASecret() =>
        Assert.All(
            typeof(AccessRule)
                .Assembly.GetTypes()
                .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
                .OfType<ServiceDescriptor>()
                .SelectMany(service => service.Methods)
                .SelectMany(method => FieldsOf(method.InputType, []))
                .Where(field => field.FieldType is FieldType.String or FieldType.Bytes),
            field => Assert.DoesNotMatch("password|secret|api_key|credential", field.Name)
        );

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor type, HashSet<string> seen) =>
        !seen.Add(type.FullName)
            ? []
            : type
                .Fields.InFieldNumberOrder()
                .SelectMany(field => field.FieldType == FieldType.Message ? FieldsOf(field.MessageType, seen) : [field]);

    private static string NameOf(string method) => method[(method.LastIndexOf('/') + 1)..];

    [GeneratedRegex("^(Get|List|Watch|Wait|Rank|Explain|Analyse|Quantify|Verify|Check|Trace$|Record|StreamObservations)")]
    private static partial Regex Reads();
}
