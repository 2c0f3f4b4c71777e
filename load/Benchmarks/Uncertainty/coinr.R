# How fast COINr re-scores its built-in ASEM example: seconds a replication of an uncertainty analysis, and milliseconds for one aggregation; by the
# clock, and of the processor's time, which a busy machine does not lengthen.
#
#     Rscript coinr.R              with the package COINr installed, or
#     COINR=path Rscript coinr.R   with its source code in a folder
#
# The analysis draws the weights of all levels within 25 % and takes one of two normalisations, as ReplicationBenchmark does.

folder <- Sys.getenv("COINR")
if (folder == "") {
  suppressPackageStartupMessages(library(COINr))
} else {
  for (package in c("stats", "utils", "rlang", "ggplot2")) suppressPackageStartupMessages(library(package, character.only = TRUE))
  for (file in list.files(file.path(folder, "R"), "[.]R$", full.names = TRUE)) source(file)
  for (file in list.files(file.path(folder, "data"), "[.]rda$", full.names = TRUE)) load(file)
}

replications <- as.integer(Sys.getenv("REPLICATIONS", "50"))
asem <- suppressMessages({
  coin <- new_coin(ASEM_iData, ASEM_iMeta, level_names = c("Indicator", "Pillar", "Sub-index", "Index"), quietly = TRUE)
  coin <- Denominate(coin, dset = "Raw")
  coin <- Treat(coin, dset = "Denominated", global_specs = list(f1_para = list(winmax = 5)))
  coin <- Normalise(coin, dset = "Treated", global_specs = list(f_n = "n_minmax", f_n_para = list(c(0, 100))))
  Aggregate(coin, dset = "Normalised", f_ag = "a_amean")
})

weights <- asem$Meta$Weights$Original
noise <- data.frame(Level = 1:3, NoiseFactor = 0.25)
set.seed(1)
inputs <- list(
  Weights = list(
    Address = "$Log$Aggregate$w",
    Distribution = get_noisy_weights(weights, noise, 100),
    Type = "discrete"),
  Normalisation = list(
    Address = "$Log$Normalise$global_specs",
    Distribution = list(
      list(f_n = "n_minmax", f_n_para = list(c(0, 100))),
      list(f_n = "n_zscore", f_n_para = list(c(10, 2)))),
    Type = "discrete"))

run <- function(work, times, unit, factor) {
  used <- system.time(work())
  each <- factor * used / times
  cat(sprintf("%s: %.4g by the clock, %.4g of the processor's time\n", unit, each[["elapsed"]], each[["user.self"]]))
}

run(function() suppressMessages(get_sensitivity(
  asem, SA_specs = inputs, N = replications, SA_type = "UA", dset = "Aggregated", iCode = "Index", quietly = TRUE, check_addresses = FALSE)),
  replications, "seconds a replication", 1)
run(function() for (i in 1:50) suppressMessages(Aggregate(asem, dset = "Normalised", f_ag = "a_amean")), 50, "milliseconds for one aggregation", 1000)
